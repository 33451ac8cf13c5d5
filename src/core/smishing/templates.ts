import { isAddress, mostWords, readWords, slot, slotHash } from './tokens.ts';

/** Near-identical bodies, seen as one text with slots. Hostile text. */
export interface Template {
  /** Words; `#` stands for what differs. */
  readonly words: readonly string[];
  /** A body it was found in. */
  readonly example: string;
  readonly messages: number;
}

/** Words that two bodies of one template share at least, of all. Names and days differ; wording does not. */
const alike = 0.7;
const mostTemplates = 20_000;
const mostPerLength = 64;
const mostSkeletons = 50_000;

interface Growing {
  words: readonly string[];
  readonly hashes: Uint32Array;
  readonly example: string;
  messages: number;
}

/**
 * Groups bodies into templates as they come: bodies with the same words but for the slots at once, others with the most alike template of
 * as many words, where the differing words become slots (as log parsers do: He et al., Drain, ICWS 2017). Linear in the bodies, in bounded memory;
 * what comes after the bounds are reached and is like nothing before counts as `other`, number 0.
 */
export function createTemplates() {
  const templates: Growing[] = [{ words: [], hashes: new Uint32Array(0), example: '', messages: 0 }];
  const bySkeleton = new Map<number, number>();
  const byLength = new Map<number, number[]>();
  const hashes = new Uint32Array(mostWords);

  return {
    /** The number of a body's template. */
    add(body: string): number {
      const lower = body.toLowerCase();
      const words = readWords(lower, hashes);
      const skeleton = skeletonOf(hashes, words);
      let number = bySkeleton.get(skeleton);
      if (number === undefined) {
        number = place(words, body, lower);
        if (bySkeleton.size < mostSkeletons) bySkeleton.set(skeleton, number);
      }
      const template = templates[number];
      if (template) template.messages += 1;
      return number;
    },
    templates: templates as readonly Template[],
  };

  function place(words: number, body: string, lower: string): number {
    const candidates = byLength.get(words) ?? [];
    const most = Math.floor((1 - alike) * words);
    let best = 0;
    let least = most + 1;
    for (const number of candidates) {
      const template = templates[number];
      const differ = template ? differing(template.hashes, hashes, least) : least;
      if (differ >= least) continue;
      best = number;
      least = differ;
      if (differ === 0) break;
    }
    const found = templates[best];
    if (best > 0 && found) {
      if (least > 0) open(found);
      return best;
    }
    if (templates.length >= mostTemplates || candidates.length >= mostPerLength || words === 0) return 0;
    const texts: string[] = [];
    readWords(lower, hashes, (word) => texts.push(word));
    const number = templates.push({ words: texts, hashes: hashes.slice(0, words), example: body, messages: 0 }) - 1;
    byLength.set(words, [...candidates, number]);
    return number;
  }

  /** Makes slots of the words that differ from the body that was read last. */
  function open(template: Growing): void {
    template.words = template.words.map((word, i) => (template.hashes[i] === hashes[i] ? word : slot));
    for (let i = 0; i < template.hashes.length; i++)
      if (template.hashes[i] !== hashes[i]) template.hashes[i] = slotHash;
  }
}

/** How many words differ, slots of the template aside; `enough` when so many do, or when an address does: another host is another message. */
function differing(template: Uint32Array, body: Uint32Array, enough: number): number {
  let differ = 0;
  let open = 0;
  const { length } = template;
  for (let i = 0; i < length; i++) {
    const one = template[i] ?? 0;
    const other = body[i] ?? 0;
    if (one === other) continue;
    if (isAddress(one) || isAddress(other)) return enough;
    // What is open already fits anything, but a template must not become all slots.
    if (one === slotHash) open += 1;
    else differ += 1;
    if (differ >= enough || 2 * (differ + open) > length) return enough;
  }
  return differ;
}

/** 53 bits of the words and their order. */
function skeletonOf(hashes: Uint32Array, words: number): number {
  let low = 0x811c9dc5;
  let high = words;
  for (let i = 0; i < words; i++) {
    const hash = hashes[i] ?? 0;
    low = Math.imul(low ^ hash, 0x01000193);
    high = (Math.imul(high, 31) + hash) | 0;
  }
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0);
}
