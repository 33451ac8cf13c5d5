/** The value of two hexadecimal digits, by the little-endian word they make; -1 for other bytes. */
const hexPairs = new Int16Array(0x1_0000).fill(-1);
const hexDigits = [...'0123456789abcdefABCDEF'];
for (const high of hexDigits)
  for (const low of hexDigits)
    hexPairs[high.charCodeAt(0) | (low.charCodeAt(0) << 8)] = Number.parseInt(high + low, 16);

/** Reads `SM` or `MM` and 32 hexadecimal digits into four words at `at`; false when it is something else. */
export function readSid(view: DataView, start: number, end: number, sid: Uint32Array, at: number): boolean {
  const kind = view.getUint16(start, true);
  if (end - start !== 34 || (kind !== 0x4d53 && kind !== 0x4d4d)) return false;
  let found = 0;
  for (let word = 0, i = start + 2; word < 4; word++, i += 8) {
    const a = hexPairs[view.getUint16(i, true)] as number;
    const b = hexPairs[view.getUint16(i + 2, true)] as number;
    const c = hexPairs[view.getUint16(i + 4, true)] as number;
    const d = hexPairs[view.getUint16(i + 6, true)] as number;
    found |= a | b | c | d;
    sid[at + word] = (a << 24) | (b << 16) | (c << 8) | d;
  }
  return found >= 0;
}
