/** When a pattern of numbers or times is worth a word. */
export const patternParameters = {
  /** Numbers in a row from which a run is one. Of 1,000 numbers strewn over a block of 10,000, one in forty begins as long a run. */
  longRun: 5,
  /** Messages to one recipient: more than somebody asks for who does not get a code. */
  manyMessages: 5,
  /** Share of a surge's messages from which a block is worth a word. */
  fullShare: 0.3,
  /** Digits that a country and an operator have together at least: shorter prefixes would block customers. */
  leastPrefix: 5,
  /** Gaps between messages, and their mean in seconds: times are whole seconds, so that quicker ones tell nothing. */
  leastGaps: 20,
  leastMeanSeconds: 5,
  /** Squared coefficient of variation of gaps up to which a clock sends: chance has 1 ± 2 / √n, and customers in bursts have more. */
  machineDispersion: 0.25,
} as const;
