import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openJournal } from '../../../src/adapters/evidence/journal.ts';
import { clock, memoryAnchors } from './journals.ts';

/** A process that appends to the journal of a folder as fast as it can. */
export interface Writer {
  /** `writer`, or why it is none. */
  readonly said: Promise<string>;
  /** Number of the last record it was told is on the disk. */
  readonly acknowledged: number;
  /** Resolves when that number is reached. */
  reaches(seq: number): Promise<void>;
  /** Ends it the hard way, resolves when it is gone. */
  kill(): Promise<void>;
}

const program = fileURLToPath(new URL('appendLoop.ts', import.meta.url));

export function startWriter(folder: string, patience = 0): Writer {
  const child: ChildProcess = spawn(process.execPath, ['--no-warnings', program, folder, String(patience)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let acknowledged = 0;
  let rest = '';
  let waiting: { seq: number; resolve: () => void } | undefined;
  const said = new Promise<string>((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (/^\d+$/.test(line)) acknowledged = Number(line);
        else resolve(line);
      }
      if (waiting && acknowledged >= waiting.seq) waiting.resolve();
    });
  });
  return {
    said,
    get acknowledged() {
      return acknowledged;
    },
    reaches: (seq) =>
      acknowledged >= seq ? Promise.resolve() : new Promise((resolve) => (waiting = { seq, resolve })),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Lets one writer after the other append and kills it at a random moment; how many acknowledged records were lost in all. */
export async function killWriters(folder: string, kills: number): Promise<{ lost: number; records: number }> {
  let lost = 0;
  let records = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const writer = startWriter(folder);
    const said = await writer.said;
    if (said !== 'writer') throw new Error(said);
    await writer.reaches(records + 1);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    await writer.kill();
    const journal = await openJournal({ folder, id: 'one', anchors: memoryAnchors(), clock });
    await journal.close();
    if (journal.readOnly !== undefined) throw new Error(journal.readOnly);
    records = journal.records.length;
    lost += Math.max(0, writer.acknowledged - records);
  }
  return { lost, records };
}

/** What came of four processes that opened one journal at the same moment, round after round. */
export interface RaceResult {
  /** Rounds in which not exactly one of them could write. */
  readonly wrong: number;
  /** Longest time until another one could write after the writer was killed, milliseconds. */
  readonly takeover: number;
  /** Acknowledged records that were gone. */
  readonly lost: number;
}

/** Starts four at once, kills the one that writes, and lets the next follow it. */
export async function raceWriters(folder: string, rounds: number): Promise<RaceResult> {
  let [wrong, takeover, lost] = [0, 0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const four = [0, 1, 2, 3].map(() => startWriter(folder));
    const said = await Promise.all(four.map((one) => one.said));
    const [winner, ...others] = four.filter((_, i) => said[i] === 'writer');
    if (!winner || others.length > 0) wrong += 1;
    await winner?.kill();
    const killed = performance.now();
    const next = await openJournal({ folder, id: 'one', anchors: memoryAnchors(), clock, patience: 5000 });
    takeover = Math.max(takeover, performance.now() - killed);
    if (next.readOnly !== undefined) wrong += 1;
    lost += Math.max(0, (winner?.acknowledged ?? 0) - next.records.length);
    await next.close();
    await Promise.all(four.map((one) => one.kill()));
  }
  return { wrong, takeover: Math.round(takeover), lost };
}
