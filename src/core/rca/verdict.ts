/** What checking the indicators of Twilio's guide found, as the RCA tells it. */
export interface Verdict {
  /** Hostile text may be in it. */
  readonly sentence: string;
  /** When it was checked, epoch milliseconds. */
  readonly at: number;
  /** The indicators that were hit, the surest first. */
  readonly hits: readonly {
    /** `P2`, as in Twilio's guide. */
    readonly id: string;
    readonly title: string;
    /** May hold hostile text. */
    readonly sentence: string;
    readonly citations: readonly string[];
  }[];
}
