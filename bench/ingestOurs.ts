import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ingestLogs } from '../src/adapters/evidence/ingest/ingest.ts';
import { openIndex } from '../src/adapters/evidence/ingest/openIndex.ts';
import { createCountryHours } from '../src/core/traffic/countryHours.ts';
import { createTopBlocks } from '../src/core/traffic/topBlocks.ts';
import { report, side } from './ingestSide.ts';

// Ours: the extension's own code, built as it ships.
const { files, folder, span } = side();
const worker = path.join(path.dirname(fileURLToPath(import.meta.url)), 'logWorker.js');
const summary = await ingestLogs(files, folder, { worker, threads: 2 });

const reopening = performance.now();
const { columns } = await openIndex(folder);
const asking = performance.now();
const hours = createCountryHours(columns, span);
hours.add(0, columns.rows);
const groups = hours.result();
const answered = performance.now();
const blocks = createTopBlocks(columns, span);
blocks.add(0, columns.rows);
const [top] = blocks.result(20);

report({
  rows: summary.rows,
  outbound: groups.reduce((sum, { sent }) => sum + sent.reduce((a, b) => a + b, 0), 0),
  cost: groups.reduce(
    (sum, { cost }) => sum + [...cost.values()].reduce((all, one) => all + one.reduce((a, b) => a + b, 0), 0),
    0,
  ),
  topBlock: top?.messages ?? 0,
  queryMs: answered - asking,
  reopenMs: answered - reopening,
});
