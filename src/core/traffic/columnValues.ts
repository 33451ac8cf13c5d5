import type { LogKind } from './logKind.ts';
import { secondsOf } from './logRow.ts';

/** What the cells of a column look like, by the REST API's name of the field; in the order in which columns are given away. */
const looks: Readonly<Record<'calls' | 'attempts', readonly (readonly [field: string, looks: RegExp | 'date'])[]>> = {
  calls: [
    ['sid', /^CA[0-9a-f]{32}$/i],
    ['account_sid', /^AC[0-9a-f]{32}$/i],
    ['direction', /^(?:in|out)(?:bound|coming|going)\b|^trunking/i],
    ['start_time', 'date'],
    ['to', /^(?:\+|00)\d{6,15}$|^(?:client|sip|sips):/i],
  ],
  attempts: [
    ['sid', /^VL[0-9a-f]{32}$/i],
    ['account_sid', /^AC[0-9a-f]{32}$/i],
    ['service_sid', /^VA[0-9a-f]{32}$/i],
    ['verification_sid', /^VE[0-9a-f]{32}$/i],
    ['conversion_status', /^(?:un)?converted$/i],
    ['channel', /^(?:sms|call|voice|whatsapp|email|rcs|rbm|sna)$/i],
    ['date_created', 'date'],
    ['to', /^(?:\+|00)\d{6,15}$/],
  ],
};
/** A field that another one stands in for. */
const insteadOf: Readonly<Record<string, readonly string[]>> = { start_time: ['date_created'] };

/**
 * Which columns hold the fields that no column is named for, by what stands in them: place of the column → the REST API's name. `names`: what each
 * column is named for, `undefined` where its name means nothing. `rows`: the cells of the first rows. A column is taken when most of its filled
 * cells fit, three of four, and it is the only one, of dates the one with the earliest; numbers could be either end, so two columns of them are none.
 */
export function columnsByValue(
  log: 'calls' | 'attempts',
  names: readonly (string | undefined)[],
  rows: readonly (readonly string[])[],
): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const [field, look] of looks[log]) {
    if ([field, ...(insteadOf[field] ?? [])].some((name) => names.includes(name))) continue;
    const fits = (cell: string) => (look === 'date' ? secondsOf(cell) !== undefined : look.test(cell));
    const fitting = names.flatMap((name, place) =>
      name === undefined && !found.has(place) && mostFit(rows, place, fits) ? [place] : [],
    );
    // Where it stands may be written in another way than the account's own numbers, which then alone fit.
    const rivals = names.filter(
      (name, place) => field === 'to' && name === undefined && !found.has(place) && mostFit(rows, place, isPlace),
    );
    if (rivals.length > 1) continue;
    const [first, ...more] = look === 'date' ? fitting.toSorted((a, b) => sumOf(rows, a) - sumOf(rows, b)) : fitting;
    if (first !== undefined && (more.length === 0 || look === 'date')) found.set(first, field);
  }
  return found;
}

/** The log whose SIDs stand in a column of these rows; `undefined` where none do. */
export function kindOfCells(rows: readonly (readonly string[])[]): LogKind | undefined {
  const kinds = [
    ['calls', /^CA[0-9a-f]{32}$/i],
    ['attempts', /^VL[0-9a-f]{32}$/i],
    ['messages', /^[SM]M[0-9a-f]{32}$/i],
  ] as const;
  const places = (rows[0] ?? []).map((_, place) => place);
  return kinds.find(([, sid]) => places.some((place) => mostFit(rows, place, (cell) => sid.test(cell))))?.[0];
}

/** True for what may be a phone number however it is written, masked as well, or another end of a call. */
function isPlace(cell: string): boolean {
  const isNumber = /^\+?[\d(][\d\s()./xX-]{5,24}$/.test(cell) && secondsOf(cell) === undefined;
  return isNumber || /^(?:client|sips?):/i.test(cell);
}

function mostFit(rows: readonly (readonly string[])[], place: number, fits: (cell: string) => boolean): boolean {
  const filled = rows.flatMap((cells) => cells[place]?.trim() || []);
  return filled.length * 2 > rows.length && filled.filter(fits).length * 4 >= filled.length * 3;
}

/** Orders columns of dates by time. */
function sumOf(rows: readonly (readonly string[])[], place: number): number {
  return rows.reduce((sum, cells) => sum + (secondsOf(cells[place] ?? '') ?? 0), 0);
}
