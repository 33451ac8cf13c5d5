import type { Candidate } from './candidates.ts';
import { commonRatio } from './commonRatio.ts';
import { type AccountNormal, type Case, decadesOf, type Evidence, type NumberBlock } from './evidence.ts';
import { evidenceParameters } from './evidenceParameters.ts';
import { type Histories, type History, knownIn } from './history.ts';
import { recipientsOf } from './numberEvidence.ts';
import { detectParameters } from './parameters.ts';
import { rowsInBlocks } from './rangeScan.ts';
import { type RowRange, rowsBetween, type SeriesRows } from './rows.ts';
import type { CountedSeries } from './series.ts';
import { logNegativeBinomialUpper } from './tails.ts';
import { type Weighed, weigh } from './weigh.ts';

/** A stretch of a series, what was expected in it, and what speaks for and against fraud in it. */
export interface Look extends Weighed {
  /** Hours of the data, from 0, the end not included. */
  readonly from: number;
  readonly to: number;
  readonly observed: number;
  readonly expected: number;
  readonly variance: number;
  readonly logP: number;
  readonly logQ: number;
  /** The messages looked at: of the series, or of the blocks alone. */
  readonly rows: SeriesRows;
  readonly range: RowRange;
  readonly history: History;
  /** What was expected of the country as a whole; the same as above unless blocks were looked at. */
  readonly country: { readonly expected: number; readonly variance: number };
  /** The blocks of numbers whose messages alone these figures count, where volume hid them among the others. */
  readonly blocks?: readonly NumberBlock[];
}

/** What looking needs beside the series itself. */
export interface Surroundings {
  /** Epoch seconds of hour 0. */
  readonly start: number;
  readonly peers: readonly CountedSeries[];
  readonly histories: Histories;
  readonly normals: (account: string, until: number) => AccountNormal;
}

const hour = 3600;
type Stretch = Pick<Candidate, 'hour' | 'window' | 'logP' | 'logQ' | 'blocks' | 'early'> & {
  readonly from: number;
  readonly to: number;
};

/** Looks at stretches of one series. What `exclude` names afterwards is no longer anybody's normal. */
export function createLooker({ rows, track }: CountedSeries, { start, peers, histories, normals }: Surroundings) {
  const frauds: RowRange[] = [];
  const known = new Map<number, History>();

  function before(from: number): { readonly history: History; readonly account: AccountNormal } {
    const day = Math.floor((start + from * hour) / 86_400) * 86_400;
    const history = known.get(day) ?? histories(day, frauds);
    known.set(day, history);
    return { history, account: normals(rows.account, day) };
  }

  /** Mean and variance of any stretch, with the relative scatter of the window it was found by. */
  function foretold(from: number, to: number, window: number, at: number): { expected: number; variance: number } {
    const span = track.windows[window];
    const mean = span?.expected[at] ?? 0;
    const spread = span?.variance[at] ?? 0;
    if (span && to - 1 === at && to - from === span.length) return { expected: mean, variance: spread };
    let expected = 0;
    for (let t = from; t < to; t++) expected += track.windows[0]?.expected[t] || 0;
    const scatter = mean > 0 ? Math.max(0, spread - mean) / (mean * mean) : 1;
    return { expected, variance: expected + scatter * expected * expected };
  }

  return {
    /** `undefined` where there is too little beyond what was expected to speak of. */
    look({ from, to, hour: at, window, logP, logQ, blocks, early }: Stretch): Look | undefined {
      const normal = before(from);
      const shape = foretold(from, to, window, at);
      const country = { ...shape };
      const instants = [start + from * hour, start + to * hour] as const;
      const inside = blocks ? rowsInBlocks(rows, ...instants, blocks) : rows;
      const range = blocks ? { from: 0, to: inside.time.length } : rowsBetween(rows, ...instants);
      const observed = range.to - range.from;
      if (blocks) {
        const share =
          (blocks.reduce((sum, block) => sum + knownIn(normal.history, block), 0) + 0.5) /
          (normal.history.recipients.size + 1);
        shape.expected = Math.min(observed, shape.expected * share);
        shape.variance = 2 * shape.expected;
      }
      const leastExcess = early ? detectParameters.early.leastExcess : detectParameters.leastExcess;
      if (observed < detectParameters.leastMessages || observed - shape.expected < leastExcess) return undefined;
      const whole = to - 1 === at && to - from === track.windows[window]?.length;
      const tail = whole || blocks ? logP : logNegativeBinomialUpper(observed, shape.expected, shape.variance);
      if (tail > Math.log(0.01)) return undefined;
      const about: Case = {
        rows: inside,
        range,
        observed,
        logP: tail,
        ...normal,
        ...shape,
        commonRatio: commonRatio(peers, at, window),
      };
      const found = {
        from,
        to,
        observed,
        ...shape,
        logP: tail,
        logQ,
        rows: inside,
        range,
        history: normal.history,
        country,
      };
      return blocks
        ? { ...found, blocks, ...weigh(about, shape.variance, inBlocks(about, blocks)) }
        : { ...found, ...weigh(about, shape.variance) };
    },
    exclude(from: number, to: number): void {
      frauds.push(rowsBetween(rows, start + from * hour, start + to * hour));
      known.clear();
    },
  };
}

function inBlocks(about: Case, blocks: readonly NumberBlock[]): Evidence {
  const recipients = recipientsOf(about).numbers.length;
  const { cap } = evidenceParameters.ranges;
  const known = about.history.recipients.size;
  const most = cap.unknown + ((cap.known - cap.unknown) * known) / (known + cap.half);
  return {
    kind: 'ranges',
    decades: Math.min(most, decadesOf(about.logP)),
    logP: about.logP,
    part: recipients,
    whole: recipients,
    blocks,
  };
}
