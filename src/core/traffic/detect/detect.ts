import { createAccountNormals } from './accountNormal.ts';
import { type Candidate, findCandidates } from './candidates.ts';
import type { NumberBlock } from './evidence.ts';
import { createHistories } from './history.ts';
import { createLooker, type Look, type Surroundings } from './look.ts';
import { detectParameters } from './parameters.ts';
import { findRangeCandidates } from './rangeScan.ts';
import type { SeriesRows } from './rows.ts';
import { type CountedSeries, countSeries } from './series.ts';
import { corroborated, type Weighed } from './weigh.ts';

export type { Look } from './look.ts';

/** A surge with how it looked from hour to hour; at least one look. */
export interface Episode {
  readonly series: CountedSeries;
  readonly looks: readonly Look[];
  /** From its first to its last hour, or at its worst where only that tells fraud. */
  readonly whole: Look;
}

export interface DetectInput {
  readonly series: readonly SeriesRows[];
  /** The data, epoch seconds: from a midnight UTC to just before `end`. */
  readonly start: number;
  readonly end: number;
}

/** All surges of an export, each with its evidence. Takes about a second for 80 countries and eight weeks. */
export function detectEpisodes(input: DetectInput): readonly Episode[] {
  return episodesOfAll(countSeries(input.series, input.start, input.end), input);
}

/** The same of series that are counted already. */
export function episodesOfAll(
  counted: readonly CountedSeries[],
  { series, start, end }: DetectInput,
): readonly Episode[] {
  const hours = Math.ceil((end - start) / 3600);
  const from = Math.floor(Math.min(detectParameters.warmUpDays * 24, hours * 0.3));
  const candidates = findCandidates(counted, hours, from, true);
  const normals = createAccountNormals(series);
  return counted.flatMap((one, s) => {
    const peers = counted.filter(({ rows }) => rows.account === one.rows.account && rows !== one.rows);
    const histories = createHistories(one.rows);
    const all = [...(candidates[s] ?? []), ...findRangeCandidates(one, histories, start, from, hours)];
    return episodesOf(
      one,
      all.sort((a, b) => a.hour - b.hour),
      { start, peers, histories, normals },
    );
  });
}

/** Whether evidence makes a surge fraud: enough of it, and not of volume alone. */
export function isFraud({ decades, evidence }: Weighed): boolean {
  return decades >= detectParameters.fraudDecades && corroborated(evidence);
}

function episodesOf(one: CountedSeries, candidates: readonly Candidate[], around: Surroundings): Episode[] {
  const looker = createLooker(one, around);
  const episodes: Episode[] = [];
  // What was told is not told again: windows begin after the fraud before them.
  let begin = 0;
  // Early candidates that evidence does not bear out must not join what is told into one.
  const sieve = createLooker(one, around);
  const tellable = candidates.filter((candidate) => !candidate.early || isEarly(lookAt(sieve, candidate, 0)));
  for (const group of merged(tellable)) {
    const looks: Look[] = [];
    for (const [i, candidate] of group.entries()) {
      // Of what goes on for long, not every hour is looked at.
      if (i >= 12 && i % 3 !== 0) continue;
      // Once fraud was seen, the last day must show that it goes on.
      const longest = looks.some(isFraud) ? detectParameters.againHours : Number.POSITIVE_INFINITY;
      const found = lookAt(looker, candidate, begin, longest);
      if (found && (!candidate.early || isEarly(found))) looks.push(found);
    }
    const last = group.at(-1);
    if (looks.length === 0 || !last) continue;
    episodes.push({
      series: one,
      looks,
      whole: wholeOf(one, looks, (stretch) => looker.look({ ...last, ...stretch })),
    });
    const frauds = looks.filter(isFraud);
    if (frauds.length === 0) continue;
    begin = Math.max(...frauds.map(({ to }) => to));
    looker.exclude(Math.min(...frauds.map(({ from }) => from)), begin);
  }
  return episodes;

  function lookAt(
    by: ReturnType<typeof createLooker>,
    candidate: Candidate,
    begin: number,
    longest = Number.POSITIVE_INFINITY,
  ): Look | undefined {
    const to = candidate.hour + 1;
    const from = Math.max(begin, to - Math.min(longest, one.track.windows[candidate.window]?.length ?? 1));
    return by.look({ ...candidate, from, to });
  }
}

/** What volume alone does not tell of: fraud by far, by other evidence. */
function isEarly(look: Look | undefined): boolean {
  return look !== undefined && look.decades >= detectParameters.early.decades && corroborated(look.evidence);
}

type Whole = Pick<Look, 'from' | 'to' | 'logP' | 'logQ' | 'blocks'>;

function wholeOf(
  { counts, track }: CountedSeries,
  looks: readonly Look[],
  look: (stretch: Whole) => Look | undefined,
): Look {
  // What the whole country shows is told of the country, else what its blocks show.
  const open = looks.filter(({ blocks }) => blocks === undefined);
  const told = open.some(isFraud) ? open : looks;
  const strongest = told.reduce((a, b) => (b.decades > a.decades ? b : a));
  const fraud = isFraud(strongest);
  const alike = told.filter(
    (one) => isFraud(one) === fraud && (one.blocks === undefined) === (strongest.blocks === undefined),
  );
  const least = alike.reduce((a, b) => (b.logP < a.logP ? b : a));
  let from = Math.min(...alike.map((one) => one.from));
  let to = Math.max(...alike.map((one) => one.to));
  const hourly = track.windows[0];
  // Some hours together, since an attack need not show in each.
  const busier = (start: number, length: number): boolean => {
    let above = -1;
    let spread = 0;
    for (let t = start; t < start + length; t++) {
      above += (counts[t] ?? 0) - (hourly?.expected[t] || 0);
      spread += hourly?.variance[t] || 0;
    }
    return above > 2 * Math.sqrt(spread);
  };
  for (const length of [Math.min(6, to - from), 1]) {
    while (from < to - length && !busier(from, length)) from++;
    while (to > from + length && !busier(to - length, length)) to--;
  }
  const whole = look({
    from,
    to,
    logP: least.logP,
    logQ: least.logQ,
    ...(strongest.blocks && { blocks: together(alike) }),
  });
  return whole && isFraud(whole) === fraud ? whole : strongest;
}

/** The blocks of several looks, each once, widest first and none inside another. */
function together(looks: readonly Look[]): NumberBlock[] {
  const all = looks.flatMap(({ blocks }) => blocks ?? []).sort((a, b) => b.open - a.open);
  return all.filter((one, i) => !all.slice(0, i).some(({ digits }) => one.digits.startsWith(digits)));
}

function merged(candidates: readonly Candidate[]): Candidate[][] {
  const groups: Candidate[][] = [];
  for (const one of candidates) {
    const last = groups.at(-1);
    if (last && one.hour - (last.at(-1)?.hour ?? 0) <= detectParameters.mergeHours) last.push(one);
    else groups.push([one]);
  }
  return groups;
}
