/** Everything that was chosen rather than estimated, in one place: the same for every grid, account and country. */
export const surgeParameters = {
  /** Lengths that are looked at, hours: a burst, a slow attack and what lies between. Longer ones matter on daily and weekly grids. */
  windowHours: [1, 3, 6, 24, 72, 168, 336, 672],
  /** ln of the p-value above which the end of a window counts as quiet, and the window as over. */
  quiet: Math.log(0.3),
  level: {
    /** Share of the past that is kept from one day (week) to the next: three levels, quick to slow, weighted by how well each foretold. */
    keep: [0.86, 0.95, 0.985],
    /** Messages and days that stand for knowing nothing: a new country is expected to have few, with a long tail. */
    priorCount: 0.15,
    priorDays: 0.75,
    /**
     * Messages of the slowest level that stand in the quicker ones, in hourly series of an account: without them these forget towards
     * `priorCount / priorDays`, a tenth too low in a busy country. Single series have none: there it would cost sensitivity to outbreaks.
     */
    slowest: 2,
    /** Share of the evidence for a level that is kept a day. */
    keepEvidence: 0.97,
  },
  /** Standardised residual from which a day counts less, by its inverse square: past outbreaks must not become normal. */
  outlier: 2.58,
  /** Days (weeks) at the beginning that count whatever they are, and outlying ones in a row after which they are the new level. */
  learning: { first: 7, accept: 10 },
  season: {
    /** Prior precisions (squared inverse standard deviations of log factors) for weekday, yearly waves and trend. */
    weekday: 4,
    yearly: 4,
    trend: 4,
    /** Waves in a year, and how many years must be known before they are looked for. */
    waves: 3,
    yearsNeeded: 1.15,
    yearsUsed: 6,
  },
  profile: {
    /** Pseudo-messages of the account's own profile of the hours of a day, in a country's; in an account, times the dispersion of its hours. */
    pooled: 60,
    /** Pseudo-messages of the whole week's profile in that of working days and of weekends. */
    dayClass: 150,
    keep: 0.985,
  },
  variance: {
    /** Variance = dispersion × mean + scatter × mean²: what is assumed, and as how many observations that counts. */
    dispersion: 1.4,
    scatter: 0.03,
    priorObservations: 14,
    mostScatter: 1.5,
    /** How much wider than its posterior the level is taken to be: it drifts as well. */
    levelUncertainty: 1.5,
    /** Observations that are used: the latest so many days (weeks), without so many at the beginning (three of ten while there are few). */
    memory: 400,
    skipped: 7,
    /** Larger squared residuals than this many standard deviations are cut to it. */
    cut: 4.5,
    /** Refitted every day for so many days (weeks), then whenever so many have passed. */
    refit: { daily: 16, every: 7 },
    /**
     * Sparse series of an account, expected below so many messages a day, learn together (`pooledVariances`): where their errors are cut, standard
     * deviations, and as how many observations the pool counts in each.
     */
    pooled: { below: 12, cut: 20, observations: 30 },
  },
} as const;

/** Of measures that are no counts (`gauge`). */
export const gaugeParameters = {
  /** Over how many hours errors are averaged. */
  hours: [0, 0.5, 2, 8],
  /** How long the quick and the slow level remember, hours. */
  memoryHours: [1, 48],
  /** How long the scale of errors remembers, hours. */
  scaleHours: 120,
  /** Of Student's t: the errors have heavy tails. */
  freedom: 3,
  /** Larger errors than so many standard deviations are cut when the scale is learnt. */
  cut: 12,
  warmUpHours: 24,
  /** How the tail is corrected by earlier surprises (`tailCalibration`): quantile, values remembered, prior weight, cut. */
  tail: { share: 0.022, memory: 4000, prior: 10, cut: 8 },
  /** The values of an hour are as many looks as their number to this power: they depend on one another, and who looks often must not be alarmed more often. */
  looks: 0.6,
  /** A deviation is told again when the log of its p-value grows by this factor, and what is known of it halves in so many hours. */
  worse: 1.05,
  knownHours: 48,
} as const;

/** From surges to findings (`detect`). */
export const detectParameters = {
  /** False discovery rate over all series of an hour at which a surge is a candidate (Benjamini and Hochberg). */
  falseDiscoveryRate: 0.01,
  /** Messages beyond what was expected, and messages at all, below which nothing is told. */
  leastExcess: 8,
  leastMessages: 5,
  /**
   * Surges that are less sure than that, or smaller, are told where evidence other than volume is strong: up to this false discovery rate, from this
   * many messages beyond what was expected, and from this many decades. It finds slow attacks hours earlier. Set on development worlds.
   */
  early: { falseDiscoveryRate: 0.3, leastExcess: 4, decades: 2 },
  /** ln of the p-value that the end of a window must reach, through two next shorter windows at a time. */
  unlikelyEnd: Math.log(0.03),
  /** Hours that are looked back at to see whether a fraud goes on. */
  againHours: 24,
  /** Surges of a series with less than so many hours between them are one. */
  mergeHours: 12,
  /** Days at the beginning of the data that only teach. */
  warmUpDays: 7,
  /** Where volume can hide an attack, blocks of numbers are scanned: windows (hours), how often (hours), and which p-value makes a candidate. */
  rangeScan: {
    windows: [6, 24],
    every: [1, 3],
    leastExpected: 6,
    leastMessages: 20,
    leastInBlocks: 12,
    logP: Math.log(1e-8),
    historyDays: 3,
  },
  /** Evidence from which a finding is called fraud, decades. Set on the development worlds of `bench:detect`. */
  fraudDecades: 1,
} as const;
