import { open } from 'node:fs/promises';
import path from 'node:path';
import type { TimelineLine } from '../../../core/evidence/export/timesketch.ts';
import { createHashedFile } from './hashedFile.ts';
import { type LineReader, readLines } from './lineReader.ts';

/** So much text, in UTF-16 units, is sorted in memory; more is kept in files until the end. */
const longestRun = 8 * 1024 * 1024;

/** Sorts any number of lines by their instant in bounded memory; lines of one instant keep their order. */
export interface SortedLines {
  add(line: TimelineLine): Promise<void>;
  /** All of them, in order. */
  merged(): AsyncIterable<string>;
}

/** Its files go into the folder and are the caller's to remove. `run`: text sorted at once, in UTF-16 units. */
export function createSortedLines(folder: string, run: number = longestRun): SortedLines {
  let waiting: TimelineLine[] = [];
  let text = 0;
  const files: string[] = [];

  function sorted(): readonly TimelineLine[] {
    const lines = waiting.sort((one, other) => one.at - other.at);
    waiting = [];
    text = 0;
    return lines;
  }
  async function spill(): Promise<void> {
    const name = `run-${files.length}`;
    const file = await createHashedFile(folder, name);
    try {
      for (const { at, line } of sorted()) await file.write(`${at}\t${line}`);
      await file.end();
    } finally {
      await file.close();
    }
    files.push(path.join(folder, name));
  }
  return {
    async add(line) {
      waiting.push(line);
      text += line.line.length;
      if (text >= run) await spill();
    },
    async *merged() {
      if (files.length === 0) {
        for (const { line } of sorted()) yield line;
        return;
      }
      if (waiting.length > 0) await spill();
      yield* mergeRuns(files);
    },
  };
}

/** Reads all runs side by side. There are as many as there are times 8 MB of text: few enough to look at each one. */
async function* mergeRuns(files: readonly string[]): AsyncGenerator<string> {
  const runs = await Promise.all(files.map(async (file) => openRun(readLines(await open(file, 'r')))));
  try {
    for (;;) {
      const next = runs.reduce((first, run) => (run.at < first.at ? run : first));
      if (next.at === Number.POSITIVE_INFINITY) return;
      yield next.line;
      // Awaiting costs as much as the rest; most lines are in memory already.
      const reading = next.advance();
      if (reading !== undefined) await reading;
    }
  } finally {
    for (const run of runs) await run.close();
  }
}

interface Run {
  readonly at: number;
  readonly line: string;
  advance(): Promise<void> | undefined;
  close(): Promise<void>;
}

async function openRun(lines: LineReader): Promise<Run> {
  let at = Number.POSITIVE_INFINITY;
  let line = '';
  const take = (text: string | undefined): void => {
    const tab = text?.indexOf('\t') ?? 0;
    at = text === undefined ? Number.POSITIVE_INFINITY : Number(text.slice(0, tab));
    line = text === undefined ? '' : `${text.slice(tab + 1)}\n`;
  };
  const advance = (): Promise<void> | undefined => {
    const next = lines.next();
    if (next instanceof Promise) return next.then(take);
    take(next);
    return undefined;
  };
  await advance();
  return {
    get at() {
      return at;
    },
    get line() {
      return line;
    },
    advance,
    close: lines.close,
  };
}
