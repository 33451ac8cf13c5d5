import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { countRecipients } from '../../src/adapters/evidence/ingest/countRecipients.ts';
import { type ColumnName, columnFile, headerFile, indexFormat } from '../../src/adapters/evidence/ingest/indexFiles.ts';
import { turnsDuring } from '../../test/adapters/loopTurns.ts';

/** Counting the recipients of `rows` messages, each to another number, from an index that is there: the most that can be asked. */
export async function countMany(rows: number): Promise<{
  /** How long it took, and the longest turn of the event loop in milliseconds of CPU. */
  readonly seconds: number;
  readonly turn: number;
  /** By how many mebibytes the process was larger then than before. */
  readonly memory: number;
  readonly isRight: boolean;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-recipients-'));
  const write = (name: ColumnName, column: Uint32Array | Uint16Array | Uint8Array): Promise<void> =>
    writeFile(path.join(folder, columnFile(name)), column);
  const values = {
    ...{ errors: [0], accounts: ['AC'], statuses: ['sent'], currencies: ['USD'], directions: ['outbound-api'] },
    ...{ blocks: 0, countries: ['RU'] },
  };
  const summary = { rows, superseded: 0, bad: { count: 0, first: [] }, files: [] };
  try {
    await writeFile(path.join(folder, headerFile), JSON.stringify({ format: indexFormat, rows, values, summary }));
    await write('time', new Uint32Array(rows).fill(1000));
    await write('country', new Uint8Array(rows));
    await write('direction', new Uint8Array(rows));
    await write(
      'block',
      Uint32Array.from({ length: rows }, (_, n) => Math.floor(n / 10_000)),
    );
    await write(
      'ending',
      Uint16Array.from({ length: rows }, (_, n) => n % 10_000),
    );
    const before = process.memoryUsage().rss;
    let most = before;
    const looking = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 20);
    const begun = performance.now();
    let counted = 0;
    const { max: turn } = await turnsDuring(async () => {
      counted = (await countRecipients(folder, { countries: new Set(['RU']), since: 0 })).numbers;
    });
    clearInterval(looking);
    const seconds = (performance.now() - begun) / 1000;
    return { seconds, turn, memory: (most - before) / 2 ** 20, isRight: counted === rows };
  } finally {
    await rm(folder, { recursive: true });
  }
}
