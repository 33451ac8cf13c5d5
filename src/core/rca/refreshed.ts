import { type Inert, phrase } from '../untrusted.ts';

/** What a person decided about a part changed by hand; `open` without an answer, or when the text moved on meanwhile. */
export type Decision = 'taken' | 'kept' | 'open';

/**
 * What refreshing the RCA did, for a toast: `rewritten` counts the parts nobody had changed; `decisions` are those about parts changed by
 * hand; `missing` names parts that are not in the text.
 */
export function refreshedToast(
  rewritten: number,
  decisions: readonly Decision[],
  missing: readonly string[] = [],
): Inert<'toast'> {
  const of = (wanted: Decision) => decisions.filter((one) => one === wanted).length;
  const [taken, kept, open] = [of('taken'), of('kept'), of('open')];
  const said = [
    `${parts(rewritten + taken)} brought up to date.`,
    ...(taken > 0
      ? [`Of these, ${parts(taken)} replaced what you wrote there, as you chose; Undo brings it back.`]
      : []),
    ...(kept > 0 ? [`${parts(kept)} kept as you wrote ${kept === 1 ? 'it' : 'them'}.`] : []),
    ...(open > 0 ? [`${parts(open)} you changed ${open === 1 ? 'is' : 'are'} undecided and as before.`] : []),
    ...(taken > 0
      ? ['All else you wrote is as it was.']
      : missing.length === 0
        ? ['What you wrote is as it was.']
        : []),
  ].join(' ');
  if (missing.length === 0) return phrase('toast')`RCA.md: ${said}`;
  return phrase('toast')`RCA.md: ${said} Not in it any more, or new: ${missing.join(', ')}.`;
}

function parts(number: number): string {
  return number === 1 ? '1 part' : `${number} parts`;
}
