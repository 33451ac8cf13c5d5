import { crc32, deflateRawSync, constants as zlib } from 'node:zlib';
import type { JsonObject } from '../src/core/model/json.ts';

/** Rows that are compressed together. */
const blockRows = 32;

interface Piece {
  /** Bytes, CRC-32, and what the CRC of anything before it is multiplied by. */
  readonly bytes: number;
  readonly crc: number;
  readonly shift: number;
  /** A part of a deflate stream that refers to nothing before it and ends on a byte (RFC 1951 §2). */
  readonly packed: Buffer;
}

/**
 * Writes lists of messages as gzip from pieces made beforehand, so that the server of a bench takes next to nothing of the processors its clients
 * run on, as Twilio's would not. `rows`: every message there is, as it is listed, newest first.
 */
export function createPages(rows: readonly JsonObject[]): (body: JsonObject) => Buffer | undefined {
  const places = new Map(rows.map(({ sid }, place) => [sid, place]));
  const written = rows.map((row) => `,${JSON.stringify(row)}`);
  const blocks: Piece[] = [];
  for (let at = 0; at + blockRows <= rows.length; at += blockRows)
    blocks.push(piece(written.slice(at, at + blockRows).join('')));

  return (body) => {
    const { messages, ...rest } = body;
    if (!Array.isArray(messages) || messages.length === 0) return undefined;
    const list: readonly JsonObject[] = messages;
    const placeOf = (at: number) => places.get(list[at]?.['sid']) ?? Number.NaN;
    const first = written[placeOf(0)];
    if (first === undefined) return undefined;
    // The comma before the first row has to go, so that row is always written anew.
    const pieces = [piece(`{"messages":[${first.slice(1)}`)];
    let loose = '';
    for (let next = 1; next < list.length; ) {
      const place = placeOf(next);
      if (Number.isNaN(place)) return undefined;
      const block = blocks[place / blockRows];
      // Places rise, so the last one says that all between are there.
      if (block && placeOf(next + blockRows - 1) === place + blockRows - 1) {
        if (loose !== '') pieces.push(piece(loose));
        pieces.push(block);
        loose = '';
        next += blockRows;
      } else {
        loose += written[place];
        next += 1;
      }
    }
    pieces.push(piece(`${loose}],${JSON.stringify(rest).slice(1)}`));
    return gzipOf(pieces);
  };
}

function piece(text: string): Piece {
  const plain = Buffer.from(text);
  const packed = deflateRawSync(plain, { level: zlib.Z_BEST_SPEED, finishFlush: zlib.Z_FULL_FLUSH });
  return { bytes: plain.length, crc: crc32(plain), shift: shiftBy(plain.length), packed };
}

const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255]);
/** An empty last block. */
const lastBlock = Buffer.from([3, 0]);

/** RFC 1952: head, deflate stream, CRC and length of what is in it. */
function gzipOf(pieces: readonly Piece[]): Buffer {
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(pieces.reduce((before, { crc, shift }) => (times(shift, before) ^ crc) >>> 0, 0));
  tail.writeUInt32LE(
    pieces.reduce((sum, { bytes }) => sum + bytes, 0),
    4,
  );
  return Buffer.concat([head, ...pieces.map(({ packed }) => packed), lastBlock, tail]);
}

/** The product modulo the polynomial of CRC-32, both factors reflected; as zlib combines CRCs (https://github.com/madler/zlib, `crc32_combine`). */
function times(a: number, b: number): number {
  let product = 0;
  let rest = b;
  for (let bit = 31; bit >= 0; bit -= 1) {
    if ((a >>> bit) & 1) product ^= rest;
    rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return product >>> 0;
}

/** What so many bytes more multiply a CRC by: x to the power of their bits. */
function shiftBy(bytes: number): number {
  let [shift, power] = [2 ** 31, 2 ** 23];
  for (let left = bytes; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) shift = times(power, shift);
    power = times(power, power);
  }
  return shift;
}
