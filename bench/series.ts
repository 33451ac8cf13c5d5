import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { scoreSeries } from '../src/core/traffic/detect/scoreSeries.ts';
import { gridNames, readSeries, spacingOf } from './detect/seriesFile.ts';
import { seriesTable } from './detect/seriesTable.ts';

// The surge core alone, on any series: `node bench/series.ts FILE.csv[.gz]… [--score] [--grid hourly|daily|weekly]` prints `series,t,score`
// (-log10 of the p-value), or with --score how the labels were met at several thresholds.
const args = process.argv.slice(2);
const gridAt = args.indexOf('--grid');
const named = gridAt < 0 ? undefined : args.splice(gridAt, 2)[1];
const table = args.includes('--score');
const files = args.filter((arg) => arg !== '--score');
if (
  files.length === 0 ||
  files.some((file) => file.startsWith('--')) ||
  (named !== undefined && !(named in gridNames))
) {
  console.error('Usage: npm run -s bench:series -- FILE.csv[.gz]… [--score] [--grid hourly|daily|weekly]');
  process.exit(2);
}
const scored = files.flatMap((file) => {
  const bytes = readFileSync(file);
  const series = readSeries((bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString());
  const step = named === undefined ? spacingOf(series) : gridNames[named as keyof typeof gridNames];
  return series.map((one) => ({ ...one, step, score: scoreSeries(one.values, step) }));
});
if (table) console.log(seriesTable(scored));
else {
  const lines = ['series,t,score'];
  for (const { name, times, score } of scored)
    for (const [i, value] of score.entries()) lines.push(`${name},${times[i]},${value.toFixed(4)}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}
