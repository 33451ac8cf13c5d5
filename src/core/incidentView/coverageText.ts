import { utc } from '../model/age.ts';
import { windowText } from '../model/incidentWindow.ts';
import type { Window } from '../traffic/window.ts';
import type { Coverage } from './facts.ts';

const numbers = new Intl.NumberFormat('en-US');

/** `48,211 rows`. */
export function rowsText(rows: number): string {
  return rows === 0 ? 'no rows' : rows === 1 ? '1 row' : `${numbers.format(rows)} rows`;
}

/** `48,211 rows · complete · 2026-11-14 00:00 to 2026-11-21 12:00 UTC`, or the state and why. May hold hostile text. */
export function coverageText(coverage: Omit<Coverage, 'account'>, window: Window | undefined): string {
  const { state, kind, rows, collectedAt, why } = coverage;
  const [reason] = why;
  if (state === 'not collected') return state;
  if (state !== 'complete') return reason === undefined ? state : `${state}: ${reason}`;
  const when = kind === 'log' ? window && `${windowText(window)} UTC` : collectedAt && `as of ${utc(collectedAt)}`;
  return [rowsText(rows), state, when].filter(Boolean).join(' · ');
}

/** One source over several accounts: complete only when it is so in all of them. `nameOf` names an account; its names are hostile text. */
export function combined(
  parts: readonly Coverage[],
  nameOf: (account: Coverage['account']) => string,
): Omit<Coverage, 'account'> | undefined {
  const [one, ...others] = parts;
  if (!one || others.length === 0) return one;
  const same = parts.every(({ state }) => state === one.state);
  const complete = parts.filter(({ state }) => state === 'complete').length;
  const lacking = parts.flatMap(({ account, state, why }) =>
    state === 'complete' ? [] : (why.length > 0 ? why : [`${state}.`]).map((reason) => `${nameOf(account)}: ${reason}`),
  );
  const { source, title, kind, caveat } = one;
  return {
    source,
    title,
    kind,
    ...(caveat !== undefined && { caveat }),
    state: same ? one.state : 'partial',
    why: same && one.state === 'complete' ? [] : [`${complete} of ${parts.length} accounts complete.`, ...lacking],
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    ...extreme('first', Math.min, parts),
    ...extreme('last', Math.max, parts),
    ...extreme('unsettledFrom', Math.min, parts),
    ...leadOf(parts),
    // The oldest: what is said to be known then is known of every account.
    ...extreme('collectedAt', Math.min, parts),
  };
}

/** As far back as all of them are held. */
function leadOf(parts: readonly Coverage[]): Partial<Pick<Coverage, 'lead'>> {
  const leads = parts.flatMap(({ lead }) => lead ?? []);
  if (leads.length < parts.length) return {};
  const from = Math.max(...leads.map((one) => one.from));
  const rows = leads.flatMap((one) => one.rows ?? []);
  // A sum of some would be too small.
  return { lead: { from, ...(rows.length === leads.length && { rows: rows.reduce((sum, own) => sum + own, 0) }) } };
}

function extreme(
  key: 'first' | 'last' | 'collectedAt' | 'unsettledFrom',
  choose: (one: number, other: number) => number,
  parts: readonly Coverage[],
): Partial<Record<typeof key, number>> {
  const known = parts.flatMap((part) => part[key] ?? []);
  return known.length === 0 ? {} : { [key]: known.reduce((one, other) => choose(one, other)) };
}
