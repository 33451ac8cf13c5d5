import { mix32 } from '../random.ts';

/** Where a generated record comes from: enough to make it again. */
interface Origin {
  /** Position of its layer in the account's traffic, 0 … 255. */
  readonly layer: number;
  /** Hours since 1970. */
  readonly hour: number;
  /** Position in the layer's hour. */
  readonly index: number;
}

export interface SidCodec {
  encode(layer: number, hour: number, index: number): string;
  /** `undefined` for a SID this codec did not make. */
  decode(sid: string): Origin | undefined;
}

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex(word: number): string {
  const pair = (shift: number) => hexPairs[(word >>> shift) & 255] ?? '00';
  return pair(24) + pair(16) + pair(8) + pair(0);
}

/**
 * SIDs that carry their origin, so that one record is found without a search. The first 64 bits are a keyed checksum,
 * the rest is the origin under a mask made from it: to the eye all 32 digits are random.
 */
export function sidCodec(prefix: string, key: number): SidCodec {
  const word = (a: number, b: number, salt: number) => mix32(mix32(mix32(key + salt) ^ a) + mix32(b ^ salt));
  const shape = new RegExp(`^${prefix}[0-9a-f]{32}$`);
  return {
    encode: (layer, hour, index) => {
      const place = ((hour << 8) | layer) >>> 0;
      const high = word(place, index, 0x51ed270b);
      const low = word(place, index, 0x2c1b3c6d);
      const maskedPlace = place ^ word(high, low, 0x297a2d39);
      const maskedIndex = index ^ word(high, low, 0x1b56c4e9);
      return prefix + hex(high) + hex(low) + hex(maskedPlace) + hex(maskedIndex);
    },
    decode: (sid) => {
      if (!shape.test(sid)) return undefined;
      const at = (part: number) => Number.parseInt(sid.slice(2 + 8 * part, 10 + 8 * part), 16);
      const high = at(0);
      const low = at(1);
      const place = (at(2) ^ word(high, low, 0x297a2d39)) >>> 0;
      const index = (at(3) ^ word(high, low, 0x1b56c4e9)) >>> 0;
      const genuine = word(place, index, 0x51ed270b) === high && word(place, index, 0x2c1b3c6d) === low;
      return genuine ? { layer: place & 255, hour: place >>> 8, index } : undefined;
    },
  };
}
