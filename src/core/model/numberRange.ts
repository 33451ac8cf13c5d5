/**
 * `+7958111xxxx`: the block of 10,000 numbers a phone number lies in, which is also how much of a third party's number is
 * shown. Twilio redacts the same last four digits. Ends that are not E.164 numbers are named by what they are.
 */
export function rangeOf(end: string): string {
  const digits = /^(?:[a-z]+:)?\+(\d{5,15})$/i.exec(end)?.[1];
  if (digits) return `+${digits.slice(0, -4)}xxxx`;
  if (/^\+?\d+[xX]{4}$/.test(end)) return end.replace(/[xX]{4}$/, 'xxxx');
  if (end === '') return 'no number given';
  return /^\d{3,8}$/.test(end) ? 'short code' : 'not a phone number';
}
