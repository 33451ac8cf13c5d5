import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ingestLogs } from '../src/adapters/evidence/ingest/ingest.ts';
import { openHours, openIndex, type TrafficIndex } from '../src/adapters/evidence/ingest/openIndex.ts';
import { type CountryHours, createCountryHours } from '../src/core/traffic/countryHours.ts';
import { gridHours } from '../src/core/traffic/gridHours.ts';
import { createTopBlocks } from '../src/core/traffic/topBlocks.ts';
import { report, side } from './ingestSide.ts';

// Ours: the extension's own code, built as it ships.
const { files, folder, span } = side();
const worker = path.join(path.dirname(fileURLToPath(import.meta.url)), 'logWorker.js');
const summary = await ingestLogs(files, folder, { worker, threads: 2 });

const reopening = performance.now();
const { lists, grid } = await openHours(folder);
const opened = grid ? undefined : await openIndex(folder);
const asking = performance.now();
const groups = (grid && gridHours(grid, lists, span)) ?? counted(opened ?? (await openIndex(folder)));
const answered = performance.now();
const { columns } = opened ?? (await openIndex(folder));
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

/** As whoever wants to know asks where there is no grid. */
function counted({ columns }: TrafficIndex): readonly CountryHours[] {
  const hours = createCountryHours(columns, span);
  hours.add(0, columns.rows);
  return hours.result();
}
