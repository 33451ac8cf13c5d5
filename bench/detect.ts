import { detectParameters } from '../src/core/traffic/detect/parameters.ts';
import { calibration } from './detect/calibration.ts';
import { type Family, plain, shifted } from './detect/family.ts';
import { oursOn } from './detect/ours.ts';
import { peerOn, peers } from './detect/peers.ts';
import { bootstrap, type Judged, judge, type Result, thresholdFor } from './detect/score.ts';
import { createWorld, type World } from './detect/world.ts';

// How well fraud is found in made-up accounts, beside published rules. Peers get the threshold that keeps them within the budget of false alarms on the
// development worlds; ours is the one it ships with. Everything is reported on other worlds, half of them with conversion data and half without, the same
// for all: a rule that needs such data is blind in the others, as it is in accounts that do not use Verify. --full takes many, and tells shapes and intervals.
const full = process.argv.includes('--full');
const count = full ? { develop: 10, report: 20 } : { develop: 4, report: 6 };
/** False alarms per account-week. */
const budget = 0.5;
const seeds = { develop: 1000, report: 5000, quiet: 9000 } as const;
const started = performance.now();

interface Row {
  readonly name: string;
  readonly result: Result;
}

const developed = worlds(plain, seeds.develop, count.develop, 'half');
const reported = worlds(plain, seeds.report, count.report, 'half');
const ours = report('ours', reported, true);
console.log('\nPeers at the threshold that kept them at 0.5 false alarms a week on the development worlds:');
const peerRows: Row[] = [];
const thresholds = new Map<string, number>();
for (const [name, { rule, threshold }] of Object.entries(peers)) {
  const set = thresholdFor(
    judged(developed, (world) => peerOn(rule, world)),
    budget,
  );
  thresholds.set(name, set);
  const mine = judged(reported, (world) => peerOn(rule, world));
  const result = judge(mine, set);
  const published = judge(mine, threshold);
  const seeing = judge(
    mine.filter((_, i) => hasConversion('half', i)),
    set,
  );
  peerRows.push({ name, result });
  console.log(
    `${line(name, result)}   with conversion data only: recall ${share(seeing.recall)}   as published: recall ${share(published.recall)}, ${published.faPerWeek.toFixed(1)} a week`,
  );
}
console.log('\nThe same detector on other worlds:');
const some = full ? count.report : 4;
const withConversion = report('with conversion', worlds(plain, seeds.report, some, 'all'), false);
const withoutConversion = report('no conversion', worlds(plain, seeds.report, some, 'none'), false);
const movedWorlds = worlds(shifted, seeds.report, some, 'all');
const moved = report('shifted', movedWorlds, full);
for (const [name, { rule }] of full ? Object.entries(peers) : [])
  console.log(
    `  ${line(
      name,
      judge(
        judged(movedWorlds, (world) => peerOn(rule, world)),
        thresholds.get(name) ?? Number.POSITIVE_INFINITY,
      ),
    )}`,
  );
const movedWithout = report('shifted, no conversion', worlds(shifted, seeds.report, some, 'none'), false);
console.log('\nCalibration without incidents, P(p <= .01) and P(p <= .001):');
for (const family of [plain, shifted]) {
  const cells = calibration(
    Array.from({ length: full ? 12 : 4 }, (_, i) =>
      createWorld(seeds.quiet + i, family, { conversion: false, quiet: true }),
    ),
  );
  console.log(
    `${family.name.padEnd(8)} ${cells.map((cell) => `${cell.size} ${cell.hours} h ${cell.share01.toFixed(4)} ${cell.share001.toFixed(4)}`).join(' | ')}`,
  );
}
console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
const brief = ({ recall, faPerWeek }: Result) => ({ recall: round(recall), fa_per_week: round(faPerWeek) });
console.log(
  `RESULT ${JSON.stringify({
    ours: {
      ...brief(ours),
      precision: round(ours.precision),
      ttd_median_h: round(ours.ttdMedian),
      ttd_p90_h: round(ours.ttdP90),
    },
    with_conversion: brief(withConversion),
    no_conversion: brief(withoutConversion),
    shifted: brief(moved),
    shifted_no_conversion: brief(movedWithout),
    peers: Object.fromEntries(peerRows.map(({ name, result }) => [name, brief(result)])),
  })}`,
);

function worlds(family: Family, seed: number, many: number, conversion: 'all' | 'half' | 'none'): World[] {
  return Array.from({ length: many }, (_, i) =>
    createWorld(seed + i, family, { conversion: hasConversion(conversion, i) }),
  );
}

function hasConversion(which: 'all' | 'half' | 'none', index: number): boolean {
  return which === 'all' || (which === 'half' && index % 2 === 0);
}

function judged(all: readonly World[], scores: (world: World) => Judged['scores']): Judged[] {
  return all.map((world) => ({ world, scores: scores(world) }));
}

function report(name: string, all: readonly World[], details: boolean): Result {
  const mine = judged(all, oursOn);
  const result = judge(mine, detectParameters.fraudDecades);
  console.log(line(name, result));
  if (!details) return result;
  console.log(
    `  ${[...result.kinds]
      .sort()
      .map(([kind, [found, of]]) => `${kind} ${found}/${of}`)
      .join(', ')}`,
  );
  if (full) {
    const { recall, precision } = bootstrap(mine, detectParameters.fraudDecades, 200);
    console.log(
      `  95 % over worlds: recall ${recall.map(share).join('–')}, precision ${precision.map(share).join('–')}`,
    );
  }
  return result;
}

function line(
  name: string,
  { recall, precision, faPerWeek, ttdMedian, ttdP90, shareBefore, pairs, weeks }: Result,
): string {
  return `${name.padEnd(24)} recall ${share(recall)}  precision ${share(precision)}  ${faPerWeek.toFixed(2)} false a week  found after ${ttdMedian.toFixed(1)} h (p90 ${ttdP90.toFixed(1)})  ${share(shareBefore)} of it past  [${pairs} pairs, ${weeks} weeks]`;
}

function share(value: number): string {
  return value.toFixed(3);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
