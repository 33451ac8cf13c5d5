/** A file in a zip: stored as it is, so that sizes and CRC-32 are known before it is written. */
export interface ZipEntry {
  /** With `/` between folders. */
  readonly name: string;
  readonly bytes: number;
  readonly crc32: number;
}

const max16 = 0xffff;
const max32 = 0xffff_ffff;
const storedVersion = 20;
/** The first version that knows sizes of 64 bits. */
const zip64Version = 45;
const utf8Names = 1 << 11;
/** 1 January 1980, the earliest there is: equal content gives equal bytes. */
const noTime = 0;
const noDate = (1 << 5) | 1;
/** A plain file that its owner alone reads and writes, as Unix has it. */
const attributes = (0o100600 << 16) >>> 0;
const madeOnUnix = 3 << 8;

/** What stands before a file's content. Layout: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.7 */
export function localHeader(entry: ZipEntry): Buffer {
  const name = Buffer.from(entry.name);
  const large = entry.bytes >= max32;
  const extra = large ? zip64Extra([entry.bytes, entry.bytes]) : Buffer.alloc(0);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x0403_4b50, 0);
  writeCommon(head, 4, entry, large, name.length, extra.length);
  return Buffer.concat([head, name, extra]);
}

/** A file's line in the directory at the end (4.3.12). `offset`: where its local header is. */
export function directoryHeader(entry: ZipEntry, offset: number): Buffer {
  const name = Buffer.from(entry.name);
  const large = entry.bytes >= max32;
  const far = offset >= max32;
  const values = [...(large ? [entry.bytes, entry.bytes] : []), ...(far ? [offset] : [])];
  const extra = values.length > 0 ? zip64Extra(values) : Buffer.alloc(0);
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x0201_4b50, 0);
  head.writeUInt16LE(madeOnUnix | zip64Version, 4);
  writeCommon(head, 6, entry, large || far, name.length, extra.length);
  head.writeUInt32LE(attributes, 38);
  head.writeUInt32LE(Math.min(offset, max32), 42);
  return Buffer.concat([head, name, extra]);
}

/** What ends the file (4.3.14 to 4.3.16). */
export function directoryEnd(entries: number, start: number, bytes: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(Math.min(entries, max16), 8);
  end.writeUInt16LE(Math.min(entries, max16), 10);
  end.writeUInt32LE(Math.min(bytes, max32), 12);
  end.writeUInt32LE(Math.min(start, max32), 16);
  if (entries < max16 && bytes < max32 && start < max32) return end;
  const large = Buffer.alloc(76);
  large.writeUInt32LE(0x0606_4b50, 0);
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(madeOnUnix | zip64Version, 12);
  large.writeUInt16LE(zip64Version, 14);
  large.writeBigUInt64LE(BigInt(entries), 24);
  large.writeBigUInt64LE(BigInt(entries), 32);
  large.writeBigUInt64LE(BigInt(bytes), 40);
  large.writeBigUInt64LE(BigInt(start), 48);
  large.writeUInt32LE(0x0706_4b50, 56);
  large.writeBigUInt64LE(BigInt(start + bytes), 64);
  large.writeUInt32LE(1, 72);
  return Buffer.concat([large, end]);
}

/** The part that both headers of a file share, from `version needed` to the lengths of name and extra field. */
function writeCommon(head: Buffer, at: number, entry: ZipEntry, large: boolean, name: number, extra: number): void {
  head.writeUInt16LE(large ? zip64Version : storedVersion, at);
  head.writeUInt16LE(utf8Names, at + 2);
  head.writeUInt16LE(noTime, at + 6);
  head.writeUInt16LE(noDate, at + 8);
  head.writeUInt32LE(entry.crc32, at + 10);
  head.writeUInt32LE(Math.min(entry.bytes, max32), at + 14);
  head.writeUInt32LE(Math.min(entry.bytes, max32), at + 18);
  head.writeUInt16LE(name, at + 22);
  head.writeUInt16LE(extra, at + 24);
}

/** 4.5.3: sizes and offset that 32 bits do not hold. */
function zip64Extra(values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + values.length * 8);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(values.length * 8, 2);
  values.forEach((value, i) => {
    extra.writeBigUInt64LE(BigInt(value), 4 + i * 8);
  });
  return extra;
}
