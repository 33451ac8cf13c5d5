import type { ChainRecord } from '../evidence/record.ts';
import { isSign } from '../validate/checked.ts';
import { lastValidation } from '../validate/validationRecord.ts';
import { evidenceIds } from './citations.ts';
import type { Example, Verdict } from './verdict.ts';

/** Hits that are too common to be called suspicious come last. */
const severities = ['critical', 'warning', 'notice'];

/** What was found when the indicators were checked last; `undefined` when they never were. */
export function verdictOf(records: readonly ChainRecord[]): Verdict | undefined {
  const checked = lastValidation(records);
  if (!checked) return undefined;
  const ids = evidenceIds(records);
  const cite = (reference: string): readonly string[] => {
    const [, file = '', line = ''] = /^(evidence\/[a-z0-9.-]+):(\d+)$/.exec(reference) ?? [];
    const id = ids.get(file);
    return id === undefined ? [] : [`${id}:${line}`];
  };
  const { sentence, at, seq, outdated, results, scope } = checked;
  const examplesOf = (references: readonly string[]): readonly Example[] =>
    checked.cited
      .filter(({ ref, sid }) => references.includes(ref) && sid !== undefined)
      .map(({ ref, sid = '', at: happened }) => ({
        sid,
        ...(happened !== undefined && { at: happened }),
        ...(cite(ref)[0] !== undefined && { citation: cite(ref)[0] }),
      }));
  const states = [...new Set(results.map(({ state }) => state))].filter((state) => state !== 'hit');
  return {
    sentence: outdated ? `${sentence} Evidence was collected or deleted since.` : sentence,
    at,
    citation: `J${seq}`,
    types: checked.verdicts
      .filter(isSign)
      .map(({ type, grade, start }) => ({ type, grade, ...(start !== undefined && { start }) })),
    ...(scope && { scope }),
    others: states.map((state) => ({ state, ids: results.filter((one) => one.state === state).map(({ id }) => id) })),
    hits: results
      .filter(({ state }) => state === 'hit')
      .toSorted((a, b) => severities.indexOf(a.severity ?? 'notice') - severities.indexOf(b.severity ?? 'notice'))
      .map(({ id, title, sentence, evidence, severity, first, last }) => ({
        id,
        title,
        sentence,
        ...(severity && { severity }),
        ...(first !== undefined && { first }),
        ...(last !== undefined && { last }),
        citations: [...evidence.flatMap(cite), `J${seq}`],
        examples: examplesOf(evidence),
      })),
  };
}
