import type { Defect, LogField } from '../../../core/traffic/logRow.ts';
import type { Spans } from './spans.ts';

/** Reads rows of one format from a buffer that is filled again and again. */
export interface RowReader {
  /**
   * Takes in the whole rows between `start` and `end` and returns where the first one begins that is not whole. With `final` there is
   * nothing after `end`, and `bytes[end]` is a line feed that may be read.
   */
  read(bytes: Buffer, start: number, end: number, final: boolean): number;
  /** Line at which the next row begins, from 1. */
  readonly line: number;
  /** The text ended between rows; false when it ended where there must be more. */
  readonly complete: boolean;
}

/** What a reader does with rows. */
export interface RowSink {
  /** Takes a row from its spans; false when it is too unusual for that. */
  readonly spans: (bytes: Buffer, spans: Spans) => boolean;
  /** Takes a row from a parsed value, which may be anything. `raw` is its text, where the reader has it. */
  readonly value: (value: unknown, line: number, raw?: string) => void;
  /** Takes a row from texts. */
  readonly fields: (field: (name: LogField) => string | undefined, line: number) => void;
  readonly bad: (line: number, defect: Defect, raw?: string) => void;
}
