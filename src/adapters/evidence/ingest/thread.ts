import type { BadRow } from '../../../core/traffic/logImport.ts';
import { type GridHeader, writeGrid } from './gridFile.ts';
import { columnsOf, writeColumns } from './indexFiles.ts';
import { createFileIngester, type FileToIngest } from './ingestFile.ts';
import { type DictionaryValues, dictionaryValues, mergeValues, type Recoding, recodeSegments } from './merge.ts';
import { type SegmentMessage, segmentMessage } from './segment.ts';
import { markSuperseded } from './supersede.ts';

/** Which of the threads this is. */
export interface Share {
  readonly share: number;
  readonly shares: number;
}

/** What a thread can be told, and what it answers. */
export interface Tasks {
  ingest: { readonly task: { readonly file: FileToIngest }; readonly result: ThreadFile };
  values: { readonly task: object; readonly result: DictionaryValues };
  /** Takes another thread's values into its own dictionaries. */
  merge: { readonly task: { readonly values: DictionaryValues }; readonly result: Recoding | undefined };
  recode: {
    readonly task: { readonly segments: readonly SegmentMessage[]; readonly recoding: Recoding };
    readonly result: undefined;
  };
  supersede: {
    readonly task: Share & {
      readonly segments: readonly SegmentMessage[];
      readonly marks: SharedArrayBuffer;
      readonly seed: number;
    };
    readonly result: number;
  };
  write: {
    readonly task: Share & {
      readonly folder: string;
      readonly segments: readonly SegmentMessage[];
      /** Absent when no row is superseded. */
      readonly marks: SharedArrayBuffer | undefined;
    };
    /** From the first thread, when there is a grid. */
    readonly result: GridHeader | undefined;
  };
}

/** `FileRows` on its way to another thread. */
export interface ThreadFile {
  readonly segments: readonly SegmentMessage[];
  readonly rows: number;
  readonly badCount: number;
  readonly bad: readonly BadRow[];
  readonly refused?: string;
}

export interface FileProgress {
  /** Rows and bytes of the file under way. */
  readonly rows: number;
  readonly bytes: number;
}

export type Task = { readonly [Kind in keyof Tasks]: { readonly kind: Kind } & Tasks[Kind]['task'] }[keyof Tasks];
export type Result = Tasks[keyof Tasks]['result'];

/** The work of one thread; the caller's own when there is little to do. */
export interface Thread {
  run(task: Task): Promise<Result>;
}

export function createThread(onProgress: (progress: FileProgress) => void): Thread {
  const ingester = createFileIngester();
  return {
    async run(task) {
      switch (task.kind) {
        case 'ingest': {
          const { segments, ...rest } = await ingester.ingest(task.file, (rows, bytes) => onProgress({ rows, bytes }));
          return { ...rest, segments: segments.map(segmentMessage) };
        }
        case 'values':
          return dictionaryValues(ingester.dictionaries);
        case 'merge':
          return mergeValues(ingester.dictionaries, task.values);
        case 'recode':
          recodeSegments(task.segments, task.recoding);
          return undefined;
        case 'supersede':
          return markSuperseded(task.segments, new Uint8Array(task.marks), task);
        case 'write': {
          const marks = task.marks && new Uint8Array(task.marks);
          await writeColumns(task.folder, task.segments, marks, columnsOf(task.share, task.shares));
          return task.share === 0 ? writeGrid(task.folder, task.segments, marks, ingester.dictionaries) : undefined;
        }
      }
    },
  };
}
