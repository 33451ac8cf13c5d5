/**
 * Judges seeded worlds of each type of fraud, of several at once, and quiet ones that only look like it. A type counts as found when its verdict is
 * likely or confirmed; a quiet world is false when any verdict is above unlikely. Each world is judged twice: by 30 days of everything, and as
 * an incident of the default window, 7 days, with the security events of the time before it (`week_…`). Arguments: the seeds, `1 2 3`
 * when absent; `--only` and a part of the names of the worlds to judge.
 */
import { parseArgs } from 'node:util';
import type { CapturedRow } from '../src/core/evidence/evidenceStore.ts';
import { sources as evidenceSources } from '../src/core/evidence/sources.ts';
import { signals } from '../src/core/signalRegistry.ts';
import { fraudTypes } from '../src/core/validate/signal.ts';
import { validate, validatedSources } from '../src/core/validate/validate.ts';
import type { Assessment } from '../src/core/validate/verdict.ts';
import { worldRows } from './validate/worldRows.ts';
import { cases, collectedDays } from './validate/worlds.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } });
const seeds = positionals.length > 0 ? positionals.map(Number) : [1, 2, 3];
const weekMs = 7 * 86_400_000;
const table = new Map(signals.map(({ id }) => [id, { type: '', right: 0, wrong: 0, missed: 0 }]));
const totals = {
  worlds: 0,
  types_right: 0,
  types_wrong: 0,
  quiet: 0,
  quiet_false: 0,
  ato: 0,
  ato_first_missed: 0,
  week_quiet_false: 0,
  week_ato_missed: 0,
  slowest_s: 0,
};

for (const { name, types, world } of cases(seeds, values.only)) {
  const began = performance.now();
  const sources = new Set(validatedSources);
  const rows = [...worldRows(world, collectedDays, sources)];
  const coverage = [...sources].map((source) => ({ source, account: world.main, state: 'complete', why: [] }) as const);
  const { judged, assessment } = await validate({ signals, rows: () => list(rows), coverage, now: world.now() });
  const seconds = (performance.now() - began) / 1000;
  totals.worlds += 1;
  totals.slowest_s = Math.max(totals.slowest_s, Math.round(seconds * 10) / 10);
  const found = assessment.verdicts
    .filter(({ grade }) => grade === 'likely' || grade === 'confirmed')
    .map(({ type }) => type);
  const right = fraudTypes.every((type) => types.includes(type) === found.includes(type));
  if (types.length > 0) totals[right ? 'types_right' : 'types_wrong'] += 1;
  else {
    totals.quiet += 1;
    if (assessment.verdicts.some(({ grade }) => grade !== 'unlikely' && grade !== 'cannot tell'))
      totals.quiet_false += 1;
  }
  if (types.includes('account-takeover')) {
    totals.ato += 1;
    if (assessment.first !== 'sanitize the account' || assessment.verdicts[0]?.type !== 'account-takeover')
      totals.ato_first_missed += 1;
  }
  const from = world.now() - weekMs;
  const week = rows.filter((row) => row.source === 'events' || (timeOf(row) ?? from) >= from);
  const short = await validate({ signals, rows: () => list(week), coverage, now: world.now(), from });
  if (
    types.length === 0 &&
    short.assessment.verdicts.some(({ grade }) => grade !== 'unlikely' && grade !== 'cannot tell')
  ) {
    totals.week_quiet_false += 1;
    console.log(`! ${name}, a week: ${graded(short.assessment)}`);
  }
  if (types.includes('account-takeover') && short.assessment.first !== 'sanitize the account')
    totals.week_ato_missed += 1;
  for (const { signal, result } of judged) {
    const row = table.get(signal.id);
    if (!row) continue;
    row.type = signal.type;
    const isHit = result.state === 'hit' && result.severity !== 'notice';
    const wanted = types.includes(signal.type);
    if (isHit) row[wanted ? 'right' : 'wrong'] += 1;
    else if (wanted) row.missed += 1;
  }
  const isFalse = types.length === 0 && assessment.verdicts.some(({ grade }) => grade === 'possible');
  console.log(
    `${right && !isFalse ? '  ' : '! '}${name} (${seconds.toFixed(1)} s): ${graded(assessment)}; ${assessment.attack}`,
  );
}

console.log('\nIndicator  precision  recall  (hits above notice; recall: of worlds with its type)');
for (const [id, { right, wrong, missed }] of table)
  console.log(
    `${id.padEnd(9)}  ${ratio(right, right + wrong).padStart(9)}  ${ratio(right, right + missed).padStart(6)}`,
  );
console.log(`RESULT ${JSON.stringify(totals)}`);

function graded({ verdicts }: Assessment): string {
  return verdicts.map(({ type, grade, for: ids }) => `${type} ${grade} [${ids.join(' ')}]`).join('; ');
}

function timeOf({ source, row }: CapturedRow): number | undefined {
  return evidenceSources.find(({ id }) => id === source)?.at?.(row);
}

function ratio(part: number, whole: number): string {
  return whole === 0 ? '–' : (part / whole).toFixed(2);
}

async function* list<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}
