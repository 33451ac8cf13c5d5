/** Secret values there are in memory, to be kept out of whatever leaves the transport. */
export interface KnownSecrets {
  add(secret: string): void;
  /** All of them, in the order they were added. The same list each time. */
  readonly all: readonly string[];
  /** The text with `[removed]` in place of every known secret, wherever it stands. */
  blank(text: string): string;
}

/** Characters per look-up. Twilio's tokens and API key secrets have 32, so every one of them holds a whole aligned block. */
const block = 16;
/** Any piece of text this long holds at least one block that starts at a multiple of `block`. */
const span = 2 * block - 1;

/**
 * Takes time in proportion to the text, however many secrets there are: an account may have a thousand subaccounts, each with
 * a token, and every field of every reply is looked through on the thread that all extensions share. A text is cut into
 * blocks, and only secrets of which a block was seen are searched for. The last `span` characters of a secret stand for it: in
 * a Basic authorization the first ones are the user name. Shorter secrets, which Twilio does not make, are searched for one by one.
 */
export function createKnownSecrets(): KnownSecrets {
  const known = new Set<string>();
  const all: string[] = [];
  const short: string[] = [];
  const holders = new Map<string, string[]>();
  // Whether there may be a block with such characters: nearly always there is none, and the look-up is spared.
  const marks = new Uint8Array(2 ** 18);
  let shortest = Number.POSITIVE_INFINITY;

  function suspects(text: string): Iterable<string> {
    if (text.length < shortest) return short;
    let found: Set<string> | undefined;
    for (let at = 0; at + block <= text.length; at += block) {
      if (marks[markOf(text, at)] === 0) continue;
      for (const secret of holders.get(text.slice(at, at + block)) ?? []) {
        found ??= new Set(short);
        found.add(secret);
      }
    }
    return found ?? short;
  }

  return {
    all,
    add(secret) {
      if (secret === '' || known.has(secret)) return;
      known.add(secret);
      all.push(secret);
      if (secret.length < span) {
        short.push(secret);
        return;
      }
      shortest = Math.min(shortest, secret.length);
      const tail = secret.slice(-span);
      for (let at = 0; at < block; at += 1) {
        const piece = tail.slice(at, at + block);
        marks[markOf(piece, 0)] = 1;
        const others = holders.get(piece);
        if (others) others.push(secret);
        else holders.set(piece, [secret]);
      }
    },
    blank(text) {
      const suspected = suspects(text);
      if (suspected === short && short.length === 0) return text;
      let clean = text;
      // The longest first, so that of one secret inside another nothing is left standing.
      for (const secret of [...suspected].sort((a, b) => b.length - a.length))
        clean = clean.replaceAll(secret, '[removed]');
      return clean;
    },
  };
}

/** A number below 2^18 of six of the characters of the block that begins here. */
function markOf(text: string, at: number): number {
  let mark = text.charCodeAt(at);
  for (let step = 3; step < block; step += 3) mark = (Math.imul(mark, 0x9e3779b1) >>> 7) ^ text.charCodeAt(at + step);
  return Math.imul(mark, 0x9e3779b1) >>> 14;
}
