import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { scoreSeries } from '../src/core/traffic/detect/scoreSeries.ts';
import { nabTable } from './detect/nabTable.ts';
import { gridNames, readSeries, spacingsOf } from './detect/seriesFile.ts';
import { seriesTable } from './detect/seriesTable.ts';

// The surge core alone, on any series: `node bench/series.ts FILE.csv[.gz]… [--score|--nab] [--grid hourly|daily|weekly]` prints `series,t,score`
// (decades), or with --score how the labels were met at several thresholds, with --nab the score of the Numenta benchmark for each file.
const args = process.argv.slice(2);
const gridAt = args.indexOf('--grid');
const named = gridAt < 0 ? undefined : args.splice(gridAt, 2)[1];
const table = args.includes('--score');
const nab = args.includes('--nab');
const files = args.filter((arg) => arg !== '--score' && arg !== '--nab');
if (
  files.length === 0 ||
  files.some((file) => file.startsWith('--')) ||
  (named !== undefined && !(named in gridNames))
) {
  console.error('Usage: npm run -s bench:series -- FILE.csv[.gz]… [--score|--nab] [--grid hourly|daily|weekly]');
  process.exit(2);
}
const scored = files.flatMap((file) => {
  const bytes = readFileSync(file);
  const series = readSeries((bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString());
  const spacings = named === undefined ? spacingsOf(series) : [];
  return series.map((one, i) => {
    const step = spacings[i] ?? gridNames[named as keyof typeof gridNames];
    return { ...one, file: basename(file).replace(/\.csv(\.gz)?$/, ''), step, score: scoreSeries(one.values, step) };
  });
});
if (nab) console.log(nabTable(scored));
else if (table) console.log(seriesTable(scored));
else {
  const lines = ['series,t,score'];
  for (const { name, times, score } of scored)
    for (const [i, value] of score.entries()) lines.push(`${name},${times[i]},${value.toFixed(4)}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}
