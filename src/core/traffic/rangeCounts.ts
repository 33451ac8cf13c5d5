import { decadesOf, type Evidence, excessShare, logSumExp, type NumberBlock } from './detect/evidence.ts';
import { evidenceParameters } from './detect/evidenceParameters.ts';
import { logBinomialUpper } from './detect/tails.ts';
import { type CountrySeries, countIn, firstHourOfLastDay } from './table.ts';

/** Fewer messages than this say nothing about ranges: messages are counted, not recipients, and one person may try many times. */
const leastInBlock = 50;
/** With fewer messages before the surge a country has no history of blocks. */
const few = 20;

/**
 * The last 24 hours' messages crowded into few blocks of 10,000 numbers, held against the six days before: `rangesEvidence` of the detector with counts of
 * messages in place of recipients, so it counts for no more than where nothing is known of a country. `from`: the surge's first hour. `undefined` without blocks to compare.
 */
export function rangeCounts(
  series: CountrySeries,
  { from, expectedInLastDay }: { readonly from: number; readonly expectedInLastDay: number },
): Evidence | undefined {
  const { blocks: possible, tolerance, concentratedShare, cap } = evidenceParameters.ranges;
  const whole = countIn([series], 'sent', firstHourOfLastDay);
  const counted = series.blocksBefore?.counts();
  if (!counted || whole < leastInBlock) return undefined;
  // Where a surge of some days is all there is, its own blocks are no normal.
  const fewBefore = countIn([series], 'sent', 0, Math.min(from, firstHourOfLastDay));
  const isNew = fewBefore < few;
  const before = isNew ? new Map<string, number>() : counted;
  const earlier = isNew ? fewBefore : countIn([series], 'sent', 0, firstHourOfLastDay);
  const counts = [...series.blocks.counts()].filter(([block]) => block.startsWith('+'));
  const all = Math.max(possible, 2 * before.size, counts.length);
  const heavy = counts
    .filter(([, messages]) => messages >= leastInBlock)
    .map(([block, messages]) => {
      const share = ((before.get(block) ?? 0) + 0.5) / (earlier + 0.5 * all);
      // Where little is known, any block may hold a large operator's newest numbers.
      const q = Math.min(0.9, tolerance * share + 12 / (earlier + 240));
      return { block, messages, logP: Math.min(0, logBinomialUpper(messages, whole, q) + Math.log(counts.length)) };
    })
    .sort((a, b) => a.logP - b.logP);
  const found = heavy.filter(({ logP }) => logP < Math.log(0.01)).toSorted((a, b) => b.messages - a.messages);
  const part = found.reduce((sum, { messages }) => sum + messages, 0);
  const logP = heavy[0]?.logP ?? 0;
  const bound = decadesOf(logP) * Math.LN10;
  const decades = logSumExp([Math.log(concentratedShare) + bound, Math.log(1 - concentratedShare)]) / Math.LN10;
  const share = excessShare({ observed: whole, expected: expectedInLastDay });
  const explains = Math.min(1, part / whole / (0.5 * share));
  return {
    kind: 'ranges',
    decades:
      logP < Math.log(0.05)
        ? Math.min(cap.unknown, decades) * explains
        : Math.log10(1 - concentratedShare) * Math.min(1, whole / 40),
    logP,
    part,
    whole,
    blocks: found.slice(0, 5).map(({ block, messages }): NumberBlock => {
      const digits = block.replace(/\D/g, '');
      return { digits, open: 4, messages, recipients: 0 };
    }),
  };
}
