/** A number in E.164 form, or one whose last four digits are masked. https://www.itu.int/rec/T-REC-E.164 */
export const e164 = /^\+\d{1,11}(?:\d{0,4}|[Xx]{4})$/;

/** Dates, SIDs, digests, UUIDs and IPv4 addresses: digits that are not a phone number and carry the evidence. */
const notNumbers =
  /(?<!\d)\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)?(?!\d)|[A-Z]{2}[0-9a-fA-F]{32}(?![0-9a-zA-Z])|(?<![0-9a-zA-Z])[0-9a-f]{40,64}(?![0-9a-zA-Z])|(?<![0-9a-zA-Z])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-zA-Z])|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)/;
/** Seven digits or more with the usual separators between them (a dot may be defanged), and what follows when it is masked already. */
const numbers =
  /(?<number>\+?\p{Nd}(?:(?:[ ().\u00A0-]|\[\.\]){0,3}\p{Nd}){6,})(?<mask>(?:(?:[ ().\u00A0-]|\[\.\]){0,3}[Xx]){4})?/u;
const candidates = new RegExp(`${notNumbers.source}|${numbers.source}`, 'gu');

/** Longest number of E.164. More digits are a card or a list: of those only the first six stay. */
const longestNumber = 15;

/**
 * Every phone number in the text with its last four digits replaced by X, as Twilio's own redaction does: the prefix that
 * fraud analysis needs stays. Card numbers keep six digits. Dates, SIDs, digests and IPv4 addresses stay. Idempotent, linear.
 * https://www.twilio.com/docs/messaging/features/message-redaction
 */
export function maskNumbersIn(text: string): string {
  return text.replace(candidates, (found, number: string | undefined, mask: string | undefined) => {
    if (number === undefined || mask !== undefined) return found;
    const digits = countDigits(number);
    return maskDigits(number, digits > longestNumber ? 6 : digits - 4);
  });
}

/** Nothing but a number, with its channel: `whatsapp:+14155551234`. */
const address = /^(?:[a-z]+:)?\+?\p{Nd}(?:[ ().\u00A0-]{0,3}\p{Nd})*$/iu;

/**
 * One phone number or channel address with its last four digits replaced by X. Short codes and alphanumeric senders belong
 * to businesses and stay as they are. Idempotent.
 */
export function maskNumber(number: string): string {
  const digits = countDigits(number);
  if (!address.test(number)) return maskNumbersIn(number);
  return digits < 7 && !number.includes('+') ? number : maskDigits(number, Math.max(0, digits - 4));
}

function countDigits(text: string): number {
  return text.match(/\p{Nd}/gu)?.length ?? 0;
}

/** The digits from position `keep` on as X. */
function maskDigits(text: string, keep: number): string {
  let seen = 0;
  return text.replace(/\p{Nd}/gu, (digit) => {
    seen += 1;
    return seen <= keep ? digit : 'X';
  });
}
