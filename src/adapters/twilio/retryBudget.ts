/** How many repeats the connection can still afford. */
export interface RetryBudget {
  /** Takes the price of one repeat; false when there is not enough left. */
  spend(): boolean;
  /** A request that succeeded pays a little back. */
  earn(): void;
}

/**
 * A token bucket over all requests of a connection, so that an outage at Twilio is not made worse by everybody repeating:
 * at first `repeats` are free, then one for every `successesPerRepeat` successes.
 * After the retry quota of the AWS SDKs (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html).
 */
export function createRetryBudget({ repeats = 40, successesPerRepeat = 10 } = {}): RetryBudget {
  const full = repeats * successesPerRepeat;
  let tokens = full;
  return {
    spend() {
      if (tokens < successesPerRepeat) return false;
      tokens -= successesPerRepeat;
      return true;
    },
    earn() {
      tokens = Math.min(full, tokens + 1);
    },
  };
}
