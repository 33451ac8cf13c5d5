import type { Group } from './digitCodes.ts';

const currencies =
  'USD|EUR|GBP|INR|Rs\\.?|CHF|BRL|R\\$|MXN|CAD|AUD|SGD|HKD|JPY|CNY|RMB|KRW|THB|IDR|Rp\\.?|MYR|RM|PHP|VND|PKR|BDT|LKR|NPR|AED|SAR|QAR|KWD|EGP|ILS|TRY|TL|ZAR|KES|KSh|NGN|GHS|UGX|TZS|PLN|CZK|Kč|HUF|Ft|RON|lei|SEK|NOK|DKK|kr\\.?|руб\\.?|р\\.|грн|zł|元|円|원|dollars?|euros?|pounds?|rupees?|pesos?|reais|dólares|рублей';
const currencyBefore = new RegExp(`(?:\\p{Sc}|(?<!\\p{L})(?:${currencies}))\\s{0,2}[-−]?$`, 'iu');
/** Not one that belongs to the number after it. */
const currencyAfter = new RegExp(`^\\s?(?:\\p{Sc}|(?:${currencies})(?!\\p{L}))(?!\\s?\\p{Nd})`, 'iu');
const mostPhoneDigits = 15;

/** `2026-11-21`, `21.11.2026`, `21-11-26`: day, month and year that can be. */
export function isDate(text: string, run: readonly Group[]): boolean {
  const [a, b, c] = run;
  if (!a || !b || !c || run.length !== 3 || b.gap !== c.gap || !['-', '.'].includes(b.gap)) return false;
  const [x, y, z] = [a, b, c].map(({ start, end }) => Number(text.slice(start, end)));
  const isDay = (n = 0): boolean => n >= 1 && n <= 31;
  const isYear = (n = 0): boolean => n >= 1900 && n <= 2099;
  const widths = [a, b, c].map(({ digits }) => digits).join();
  if (/^4,[12],[12]$/.test(widths)) return isYear(x) && isDay(y) && isDay(z) && Math.min(y ?? 0, z ?? 0) <= 12;
  if (/^[12],[12],[24]$/.test(widths))
    return isDay(x) && isDay(y) && Math.min(x ?? 0, y ?? 0) <= 12 && (c.digits === 2 || isYear(z));
  return false;
}

/** `1,000,000`, `1299.00` and IPv4 addresses: numbers whose separators say what they are. */
export function isAmount(run: readonly Group[]): boolean {
  const [head, ...more] = run;
  const end = more.at(-1);
  if (!head || !end || !more.every(({ gap }) => gap === '.' || gap === ',')) return false;
  if (run.length === 4 && run.every(({ digits, gap }) => digits <= 3 && gap !== ',')) return true;
  const isDecimal = end.digits === 2;
  const thousands = isDecimal ? more.slice(0, -1) : more;
  const grouped = thousands.length === 0 || (head.digits <= 3 && thousands.every(({ digits }) => digits === 3));
  return grouped && (isDecimal || thousands.length > 1);
}

/** Which groups of a run, from `from` to before `to`, are a price: those at the side of a currency. None when `from` equals `to`. */
export function pricedGroups(text: string, run: readonly Group[]): { readonly from: number; readonly to: number } {
  const [head, end] = [run[0], run.at(-1)];
  if (!head || !end) return { from: 0, to: 0 };
  if (currencyBefore.test(text.slice(Math.max(0, head.start - 10), head.start))) {
    let to = 1;
    while (to < run.length && continuesAmount(run[to - 1], run[to], to === 1)) to += 1;
    return { from: 0, to };
  }
  if (!currencyAfter.test(text.slice(end.end, end.end + 12))) return { from: 0, to: 0 };
  let from = run.length - 1;
  while (from > 0 && continuesAmount(run[from - 1], run[from], from === 1)) from -= 1;
  return { from, to: run.length };
}

/** `1 299,00`: thousands after up to three digits, decimals after a point or a comma. */
function continuesAmount(before: Group | undefined, group: Group | undefined, atHead: boolean): boolean {
  if (!before || !group) return false;
  if (group.gap === '.' || group.gap === ',') return group.digits <= 3;
  return /^[ \u00A0\u202F\u2009]$/.test(group.gap) && group.digits === 3 && (before.digits <= 3 || !atHead);
}

/** Digits of a whole number of the country codes 1 and 7. */
const wholeNumber = 11;

/**
 * How many groups at the start of a run are a phone number: 0 for none. `named`: whether a word for a code stands right before; `called`:
 * whether one stands after it.
 */
export function isPhone(text: string, run: readonly Group[], named: () => boolean, called: () => boolean): number {
  const [head] = run;
  const end = run.at(-1);
  if (!head || !end) return 0;
  const total = run.reduce((sum, { digits }) => sum + digits, 0);
  if (/[+＋]\s?\(?$/.test(text.slice(Math.max(0, head.start - 3), head.start))) {
    const short = /^[17]/.test(text.slice(head.start, head.end)) ? wholeNumber : 9;
    return total < short && called() ? 0 : internationalGroups(text, run);
  }
  if (run.length === 1) return total >= 9 && !named() ? 1 : 0;
  if (head.digits <= 6 && /^00[1-9]/.test(text.slice(head.start, head.end)) && total >= 9)
    return internationalGroups(text, run);
  if (total < 9 || total > mostPhoneDigits || head.digits > 5 || named()) return 0;
  const opened = text[head.start - 1] === '(';
  const trunk = /^[01]/.test(text.slice(head.start, head.end));
  const pairs = run.every(({ digits }) => digits <= 3);
  if (end.digits < 3 && !pairs) return 0;
  const usual = /^(?:3,3,4|3,4,4|2,4,4|4,3,3|4,3,4|3,3,3|5,5|2,5,4|2,4,5|3,2,2,2|3,3,2,2|1,3,3,2,2|1,3,3,4)$/;
  return opened || trunk || usual.test(run.map(({ digits }) => digits).join()) ? run.length : 0;
}

/** As many groups as fit into the longest number of E.164; what follows is something else. */
function internationalGroups(text: string, run: readonly Group[]): number {
  const [head] = run;
  const most = head && /^[17]/.test(text.slice(head.start, head.end)) ? wholeNumber : mostPhoneDigits;
  let total = 0;
  let count = 0;
  for (const { digits } of run) {
    if (total + digits > mostPhoneDigits || (count > 0 && total >= most)) break;
    total += digits;
    count += 1;
  }
  return total >= 7 ? count : 0;
}
