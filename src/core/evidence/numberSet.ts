/** 53 bits of a text, never 0: 32 of FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), 21 of a polynomial in 31. */
export function hash53(text: string): number {
  let low = 0x811c9dc5;
  let high = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = (Math.imul(high, 31) + unit) | 0;
  }
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0) || 1;
}

/** A set of positive integers that takes 8 to 16 bytes for each. `add` tells whether it is new. */
export function createNumberSet(): { add(value: number): boolean } {
  let slots = new Float64Array(256);
  let size = 0;
  function place(value: number): number {
    const mask = slots.length - 1;
    let at = value % slots.length;
    while (slots[at] !== 0 && slots[at] !== value) at = (at + 1) & mask;
    return at;
  }
  return {
    add(value) {
      const at = place(value);
      if (slots[at] === value) return false;
      slots[at] = value;
      size += 1;
      if (size * 1.5 > slots.length) {
        const old = slots;
        slots = new Float64Array(old.length * 2);
        for (const one of old) if (one !== 0) slots[place(one)] = one;
      }
      return true;
    },
  };
}
