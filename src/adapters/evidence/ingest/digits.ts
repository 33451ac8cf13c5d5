import { largest } from '../../../core/traffic/logRow.ts';

/** Four ASCII digits, read as a little-endian word, as a number; -1 when one of them is no digit. */
export function fourDigits(word: number): number {
  if ((word & 0xf0f0_f0f0) !== 0x3030_3030 || ((word + 0x0606_0606) & 0xf0f0_f0f0) !== 0x3030_3030) return -1;
  const digits = word & 0x0f0f_0f0f;
  // Tens and ones meet in every other byte, then hundreds and ones.
  const pairs = (Math.imul(digits, 10) + (digits >>> 8)) & 0x00ff_00ff;
  return (Math.imul(pairs, 100) + (pairs >>> 16)) & 0xffff;
}

/** A price in millionths without its sign; -1 when it is written otherwise than `-0.00790`. */
export function microsAt(bytes: Buffer, start: number, end: number): number {
  let i = bytes[start] === 0x2d ? start + 1 : start;
  const first = i;
  let value = 0;
  for (; i < end; i++) {
    const digit = (bytes[i] as number) - 0x30;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (i === first || i - first > 4) return -1;
  let decimals = 0;
  if (i < end) {
    if (bytes[i] !== 0x2e || i + 1 === end || end - i > 7) return -1;
    for (i++; i < end; i++, decimals++) {
      const digit = (bytes[i] as number) - 0x30;
      if (digit < 0 || digit > 9) return -1;
      value = value * 10 + digit;
    }
  }
  for (; decimals < 6; decimals++) value *= 10;
  return value <= largest.price ? value : -1;
}

/** A whole number of up to six digits; -1 for anything else. */
export function wholeAt(bytes: Buffer, start: number, end: number): number {
  if (end === start || end - start > 6) return -1;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = (bytes[i] as number) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
