import type { LintFix } from './lintFinding.ts';

/** Zones whose abbreviation means one offset only, in minutes. CST, IST and BST are several. */
const offsets: Readonly<Record<string, number>> = {
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  EST: -300,
  EDT: -240,
  CDT: -300,
  MDT: -360,
  PST: -480,
  PDT: -420,
  JST: 540,
};
const zoneAfter = /^\s?(?:([A-Z]{3,4})\b|(?:UTC|GMT)?([+-])(\d\d):?(\d\d)\b)/;
const day = 86_400_000;

/** What makes a time of day UTC: of a zone that is known it is converted, any other may be UTC already. */
export function timeFixes(
  line: string,
  { start, end, text }: { readonly start: number; readonly end: number; readonly text: string },
): readonly LintFix[] {
  const clock = /^(\d{1,2}):(\d\d)(.*?)\s?(?:([ap])\.?m\.?)?$/i.exec(text);
  if (!clock) return [];
  const [, hours = '0', minutes = '00', seconds = '', half] = clock;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const told = zoneAfter.exec(line.slice(end));
  const offset = told === null ? undefined : offsetOf(told);
  const [date] = /\d{4}-\d\d-\d\d(?=[ T]$)/.exec(line.slice(0, start)) ?? [];
  const local = Date.parse(`${date ?? '1970-01-02'}T${String(hour).padStart(2, '0')}:${minutes}:00Z`);
  const utc = local - (offset ?? 0) * 60_000;
  const isOtherDay = Math.floor(local / day) !== Math.floor(utc / day);
  // Without its date nobody could tell which day is meant.
  const isKnown = told !== null && offset !== undefined && !Number.isNaN(utc) && (date !== undefined || !isOtherDay);
  if (!isKnown)
    return [{ title: 'It is UTC: say so', text: `${String(hour).padStart(2, '0')}:${minutes}${seconds} UTC` }];
  const iso = new Date(utc).toISOString();
  const before = date === undefined ? line.slice(0, start) : `${line.slice(0, start - 11)}${iso.slice(0, 10)} `;
  return [
    {
      title: 'Convert to UTC',
      lines: [`${before}${iso.slice(11, 16)}${seconds} UTC${line.slice(end + told[0].length)}`],
    },
  ];
}

/** Minutes; `undefined` for a zone that is not known. */
function offsetOf([, name, sign, hours, minutes]: RegExpExecArray): number | undefined {
  if (name !== undefined) return offsets[name];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
