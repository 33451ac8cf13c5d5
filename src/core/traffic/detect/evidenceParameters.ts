/**
 * What is assumed about fraud and about innocent traffic where it cannot be estimated from the account. Evidence is weighed in decades (log10 of a
 * Bayes factor); caps say how far a model of its kind can be trusted.
 */
export const evidenceParameters = {
  /** The weeks before a surge that count as its normal. */
  historyDays: 28,
  conversion: {
    /** Conversion where nothing is known, as pseudo-attempts; history counts as so many at most, since days differ. */
    prior: { converted: 3.5, unconverted: 1.5, most: 40 },
    /** Attempts of the account's other countries that stand for a country without history. */
    borrowed: 6,
    /** Shares of a fraudster's attempts that convert, and how likely each is. */
    fraud: [
      [0.005, 0.35],
      [0.03, 0.2],
      [0.08, 0.15],
      [0.15, 0.12],
      [0.25, 0.1],
      [0.35, 0.08],
    ],
    fraudPseudo: 60,
    cap: { for: 4, against: -2.5 },
  },
  failed: {
    prior: { failed: 1, delivered: 24, most: 60 },
    /** Share of a fraudster's messages that fail: evenly between these. */
    fraud: [0.01, 0.6],
    cap: { for: 1.6, against: -0.7 },
  },
  blocked: { innocentShare: 0.004, innocentPseudo: 60, fraudUnblocked: 0.6, cap: { for: 3.5, against: -0.25 } },
  ranges: {
    /** A country without history is taken to spread its subscribers over so many blocks of 10,000, unevenly. */
    blocks: 150,
    /** How much fuller than in history a block may innocently be. */
    tolerance: 1.5,
    /** Share of attacks whose numbers lie in few blocks. */
    concentratedShare: 0.6,
    /** Decades at most, without history and with much; half-way at so many recipients. */
    cap: { unknown: 1.5, known: 4, half: 60 },
  },
  sequence: { gap: 5, noise: 0.02, share: 0.5, cap: 3 },
  known: {
    /** Share of innocent surges that go to new customers alone, as a launch does. */
    newcomers: 0.4,
    fraudShare: 0.01,
    pseudo: 25,
    cap: { for: 1.2, against: -3.5 },
  },
  night: { from: 0, to: 6, pseudo: 6, cap: { for: 0.6, against: -0.4 } },
  sender: { usual: 0.25, other: -1.6, alphanumeric: -0.6 },
  common: { atLeast: 5, ratio: 1.2, against: -2.5 },
  volume: { perDecade: 0.5, most: 0.8 },
  neverSeen: 0.5,
} as const;
