import type { ChainRecord } from '../evidence/record.ts';
import { lastValidation } from '../validate/validationRecord.ts';
import { evidenceIds } from './citations.ts';
import type { Verdict } from './verdict.ts';

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
  const { sentence, at, seq, outdated } = checked;
  return {
    sentence: outdated ? `${sentence} Evidence was collected or deleted since.` : sentence,
    at,
    hits: checked.results
      .filter(({ state }) => state === 'hit')
      .toSorted((a, b) => severities.indexOf(a.severity ?? 'notice') - severities.indexOf(b.severity ?? 'notice'))
      .map(({ id, title, sentence, evidence }) => ({
        id,
        title,
        sentence,
        citations: [...evidence.flatMap(cite), `J${seq}`],
      })),
  };
}
