/** What worlds of one kind have in common: ranges that each world draws its own values from. */
export interface Family {
  readonly name: string;
  /** Share of codes that are used, per world. */
  readonly conversion: readonly [number, number];
  /** Share of an attack's codes that are used. */
  readonly attackConversion: readonly [number, number];
  /** Share of attacks whose numbers are strewn over the country's own blocks. */
  readonly spread: number;
  /** Blocks of 10,000 an attack that is not spread keeps to. */
  readonly attackBlocks: readonly [number, number];
  /** Blocks of 10,000 in which a country has subscribers. */
  readonly countryBlocks: readonly [number, number];
  /** How busy days differ, coefficient of variation. */
  readonly days: readonly [number, number];
  /** Variance over mean of an hour's count. */
  readonly dispersion: readonly [number, number];
  /** Share of an attack's messages that fail, and that Twilio blocks where it blocks at all. */
  readonly attackFailed: readonly [number, number];
  readonly blockedAttacks: number;
  readonly messagesPerDay: readonly [number, number];
}

export const plain: Family = {
  name: 'plain',
  conversion: [0.6, 0.85],
  attackConversion: [0, 0.06],
  spread: 0.2,
  attackBlocks: [1, 6],
  countryBlocks: [40, 400],
  days: [0.04, 0.18],
  dispersion: [1, 3],
  attackFailed: [0.05, 0.4],
  blockedAttacks: 0.3,
  messagesPerDay: [400, 8000],
};

/** As hostile to what was assumed as can still be called plausible. */
export const shifted: Family = {
  ...plain,
  name: 'shifted',
  conversion: [0.3, 0.65],
  attackConversion: [0, 0.3],
  spread: 0.5,
  attackBlocks: [2, 30],
  countryBlocks: [8, 900],
  days: [0.1, 0.35],
  dispersion: [1.5, 5],
  attackFailed: [0.02, 0.35],
};
