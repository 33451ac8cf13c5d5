import { followsCodeWord, isNearCodeWord, isThenCalledCode } from './codeContext.ts';
import type { MaskedText } from './maskCodes.ts';
import { isAmount, isDate, isPhone, pricedGroups } from './numberShapes.ts';

/**
 * Digits of any script with at most four separators from one to the next. A full stop or a comma joins only what it touches on both sides:
 * the digits of a new sentence belong to something else. Joiners, variation selectors and key caps are invisible.
 */
const joiner = '[\\u200B-\\u200D\\u2060\\uFEFF\\u00AD\\uFE0F\\u20E3\\u200E\\u200F]';
const runs = new RegExp(
  `[\\p{Nd}\\p{No}](?:(?:[.,]|(?:[ \\u00A0\\u2000-\\u200A\\u202F\\u3000()_*~·•‐-―−-]|${joiner}){1,4})?[\\p{Nd}\\p{No}])*`,
  'gu',
);
const groups = /[\p{Nd}\p{No}]+/gu;
const joiners = new RegExp(joiner, 'gu');

/** A group of digits of a run: where it lies in the text, and how many they are. */
export interface Group {
  readonly start: number;
  readonly end: number;
  readonly digits: number;
  /** What lies between it and the group before, without what is invisible. */
  readonly gap: string;
}

/** Nothing that people read has more groups in one run. */
const mostGroups = 40;

/** Masks codes that are digits. */
export function maskDigitCodes(text: string): MaskedText {
  let masked = 0;
  const clean = text.replace(runs, (run: string, at: number) => {
    if (run.length < 4) return run;
    const all = groupsOf(run, at);
    const hidden = all.length > mostGroups ? all : codesIn(text, all);
    if (hidden.length === 0) return run;
    masked += 1;
    let shown = '';
    let done = at;
    for (const { start, end } of hidden) {
      shown += text.slice(done, start) + text.slice(start, end).replace(/[\p{Nd}\p{No}]/gu, 'X');
      done = end;
    }
    return shown + text.slice(done, at + run.length);
  });
  return { text: clean, masked };
}

function groupsOf(run: string, at: number): readonly Group[] {
  const found: Group[] = [];
  let before = 0;
  for (const { index, 0: digits } of run.matchAll(groups)) {
    const gap = run.slice(before, index).replace(joiners, '');
    const start = at + index;
    const last = found.at(-1);
    before = index + digits.length;
    const group = { start, end: at + before, digits: [...digits].length, gap };
    // What is invisible divides nothing.
    if (last && gap === '')
      found[found.length - 1] = { ...group, start: last.start, digits: last.digits + group.digits, gap: last.gap };
    else found.push(group);
  }
  return found;
}

/** The groups to mask, in order. */
function codesIn(text: string, run: readonly Group[]): readonly Group[] {
  const left = withoutDuration(text, withoutTimes(text, run));
  if (left.length === 0) return [];
  const { start } = first(left);
  const named = (): boolean => isNearCodeWord(text, start, last(left).end);
  if (isDate(text, left) && !(left.length === 3 && left.every(({ digits }) => digits <= 2) && named())) return [];
  const priced = pricedGroups(text, left);
  if (priced.from < priced.to) {
    const parts = [left.slice(0, priced.from), left.slice(priced.to)];
    return parts.flatMap((part) => codesIn(text, part));
  }
  if (isAmount(left) && !named()) return [];
  const phone = isPhone(
    text,
    left,
    () => followsCodeWord(text, start),
    () => isThenCalledCode(text, last(left).end),
  );
  if (phone > 0) return codesIn(text, left.slice(phone));
  if (left.length > 1) {
    const long = left.findIndex(({ digits }) => digits >= 9);
    if (long >= 0)
      return [left.slice(0, long), left.slice(long, long + 1), left.slice(long + 1)].flatMap((part) =>
        codesIn(text, part),
      );
  }
  const digits = left.reduce((sum, group) => sum + group.digits, 0);
  if (digits < 4 || (isYear(text, left) && !named())) return [];
  return left;
}

/** `10:30-11:45`: the digits beside a colon are hours or minutes. */
function withoutTimes(text: string, run: readonly Group[]): readonly Group[] {
  const isTwo = (group: Group | undefined): boolean => group !== undefined && group.digits <= 2;
  const from = isTwo(run[0]) && /\d:$/.test(text.slice(Math.max(0, first(run).start - 2), first(run).start)) ? 1 : 0;
  const end = run.length > 0 ? last(run).end : 0;
  const to = isTwo(run.at(-1)) && /^:\d\d/.test(text.slice(end, end + 3)) ? run.length - 1 : run.length;
  return from >= to ? [] : run.slice(from, to);
}

const unit =
  /^\s?(?:min|мин|хв|hr|hour|h\b|std|stund|sec|sek|seg|day|día|dia|tag|jour|минут|час|分|秒|분|초|นาที|phút|menit|dak)/iu;

/** `482910 (10 min)`: the code is whole without the minutes. */
function withoutDuration(text: string, run: readonly Group[]): readonly Group[] {
  const { digits, end, gap } = last(run);
  const isDuration = digits <= 2 && / /.test(gap) && run.slice(0, -1).some((group) => group.digits >= 4);
  return isDuration && unit.test(text.slice(end, end + 8)) ? run.slice(0, -1) : run;
}

function isYear(text: string, run: readonly Group[]): boolean {
  const [group] = run;
  if (!group || run.length > 1) return false;
  return /^(?:19|20)\d\d$/.test(text.slice(group.start, group.end));
}

const nothing: Group = { start: 0, end: 0, digits: 0, gap: '' };
const first = (run: readonly Group[]): Group => run[0] ?? nothing;
const last = (run: readonly Group[]): Group => run.at(-1) ?? nothing;
