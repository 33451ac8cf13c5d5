import { type Case, capped, decadesOf, type Evidence, excessShare, logSumExp, type NumberBlock } from './evidence.ts';
import { evidenceParameters } from './evidenceParameters.ts';
import { blockSizes } from './recipientIndex.ts';
import { logBetaBinomial, logBinomialUpper, logPoissonUpper } from './tails.ts';

/** The recipients of a window: every one once, in the order of their numbers, and how many messages each got. */
export interface Recipients {
  readonly numbers: Float64Array;
  readonly messages: Uint32Array;
}

export function recipientsOf({ rows, range }: Pick<Case, 'rows' | 'range'>): Recipients {
  const all = new Float64Array(range.to - range.from);
  for (let i = range.from; i < range.to; i++) all[i - range.from] = rows.recipient[i] ?? 0;
  all.sort();
  const messages = new Uint32Array(all.length);
  let distinct = 0;
  for (const number of all) {
    if (number === 0) continue;
    if (distinct > 0 && all[distinct - 1] === number) messages[distinct - 1] = (messages[distinct - 1] ?? 0) + 1;
    else {
      all[distinct] = number;
      messages[distinct++] = 1;
    }
  }
  return { numbers: all.subarray(0, distinct), messages: messages.subarray(0, distinct) };
}

/** Fewer recipients of a block are no crowd. */
const leastCrowd = 3;

/** Recipients in one block of this size, as they lie in the sorted list: how many blocks, and of the crowded ones first and number of recipients. */
function runsIn(
  numbers: Float64Array,
  size: number,
): { readonly blocks: number; readonly crowded: readonly (readonly [number, number])[] } {
  const crowded: (readonly [number, number])[] = [];
  let blocks = 0;
  for (let i = 0, start = 0; i < numbers.length; i = start) {
    const end = (Math.floor((numbers[i] ?? 0) / size) + 1) * size;
    while (start < numbers.length && (numbers[start] ?? 0) < end) start++;
    blocks++;
    if (start - i >= leastCrowd) crowded.push([i, start - i]);
  }
  return { blocks, crowded };
}

/** Recipients crowded into few blocks of numbers, held against the blocks of the country's history. */
export function rangesEvidence(
  one: Pick<Case, 'history' | 'observed' | 'expected'>,
  { numbers, messages }: Recipients,
): Evidence | undefined {
  const n = numbers.length;
  if (n < 5) return undefined;
  const { blocks: assumed, tolerance, concentratedShare, cap } = evidenceParameters.ranges;
  let best = { logP: 0, level: blockSizes.length - 1, part: 0, found: [] as NumberBlock[] };
  for (const [level, size] of blockSizes.entries()) {
    const { blocks, crowded } = runsIn(numbers, size);
    const history = one.history.blocks[level];
    const known = one.history.recipients.size;
    const possible = Math.max(assumed * (10_000 / size), (history?.size ?? 0) * 2, blocks);
    const heavy: [number, number, number][] = [];
    for (const [at, count] of crowded) {
      const block = Math.floor((numbers[at] ?? 0) / size);
      const share = ((history?.get(block) ?? 0) + 0.5) / (known + 0.5 * possible);
      // Where little is known, any block may hold a large operator's newest numbers.
      const unknown = 12 / (known + 240);
      const q = Math.min(0.9, tolerance * share + unknown * (size / 10_000));
      // No more than its mean is reached with probability 1/4 at least (Greenberg and Mohri 2014), so that among four blocks it is nothing.
      if (blocks >= 4 && count <= n * q) continue;
      heavy.push([at, count, Math.min(0, logBinomialUpper(count, n, q) + Math.log(blocks))]);
    }
    heavy.sort((a, b) => a[2] - b[2]);
    const logP = Math.min(0, (heavy[0]?.[2] ?? 0) + Math.log(blockSizes.length));
    if (logP < best.logP - 1) {
      const found = heavy.filter(([, , p]) => p < Math.log(0.01)).toSorted((a, b) => b[1] - a[1]);
      const parts = found.map(([at, count]) => numberBlock(at, size, count, numbers, messages));
      best = {
        logP,
        level,
        part: parts.reduce((sum, { recipients }) => sum + recipients, 0),
        found: parts.slice(0, 5),
      };
    }
  }
  const logBound = decadesOf(best.logP) * Math.LN10;
  const decades = logSumExp([Math.log(concentratedShare) + logBound, Math.log(1 - concentratedShare)]) / Math.LN10;
  // A block explains a surge only as far as the surge lies in it, and an unknown country may have few blocks.
  const explains = Math.min(1, best.part / n / (0.5 * excessShare(one)));
  const known = one.history.recipients.size;
  const most = cap.unknown + (cap.known - cap.unknown) * (known / (known + cap.half));
  return {
    kind: 'ranges',
    decades:
      best.logP < Math.log(0.05)
        ? Math.min(most, decades) * explains
        : Math.log10(1 - concentratedShare) * Math.min(1, n / 40),
    logP: best.logP,
    part: best.part,
    whole: n,
    blocks: best.found,
  };
}

function numberBlock(
  at: number,
  size: number,
  recipients: number,
  numbers: Float64Array,
  messages: Uint32Array,
): NumberBlock {
  let count = 0;
  for (let i = at; i < at + recipients; i++) count += messages[i] ?? 0;
  const digits = String(Math.floor((numbers[at] ?? 0) / size));
  return { digits, open: Math.round(Math.log10(size)), messages: count, recipients };
}

/** Numbers that follow closely on each other, beyond what their blocks (of this size) alone explain. */
export function sequenceEvidence({ numbers }: Recipients, size = 10_000): Evidence | undefined {
  const n = numbers.length;
  if (n < 5) return undefined;
  const { gap, noise, cap, share } = evidenceParameters.sequence;
  let close = 0;
  let expected = noise;
  for (let i = 0, start = 0; i < n; i++) {
    const number = numbers[i] ?? 0;
    if (i > 0 && number - (numbers[i - 1] ?? 0) <= gap) close++;
    const block = Math.floor(number / size);
    if (i + 1 === n || Math.floor((numbers[i + 1] ?? 0) / size) !== block) {
      const crowd = i + 1 - start;
      // Of so many numbers strewn over a block, that share follows another within the gap.
      expected += crowd * (1 - Math.exp((-gap * (crowd - 1)) / size));
      start = i + 1;
    }
  }
  const logP = logPoissonUpper(close, expected * 1.2);
  const decades = logSumExp([Math.log(share) + decadesOf(logP) * Math.LN10, Math.log(1 - share)]) / Math.LN10;
  return {
    kind: 'sequence',
    decades: Math.min(cap, logP < Math.log(0.05) ? decades : 0),
    logP,
    part: close,
    whole: n - 1,
  };
}

/** Recipients who had messages before: campaigns and busy days have them, made-up numbers are none. */
export function knownEvidence(one: Case, { numbers }: Recipients): Evidence | undefined {
  const { newcomers, fraudShare, pseudo, cap } = evidenceParameters.known;
  const { history } = one;
  const whole = numbers.length;
  if (whole < 5 || history.repeatable < 20) return undefined;
  let part = 0;
  for (const recipient of numbers) if (history.recipients.has(recipient)) part++;
  const usual = (history.repeated + 0.5) / (history.repeatable + 5);
  const excess = excessShare(one);
  const score = (mean: number): number => logBetaBinomial(part, whole, mean * pseudo, (1 - mean) * pseudo);
  const fraud = score((1 - excess) * usual + excess * fraudShare);
  // Newcomers are as unknown as made-up numbers are.
  const innocent = logSumExp([Math.log(1 - newcomers) + score(Math.max(usual, 0.02)), Math.log(newcomers) + fraud]);
  return { kind: 'recipients', decades: capped((fraud - innocent) / Math.LN10, cap), part, whole, normalShare: usual };
}
