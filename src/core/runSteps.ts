/** What a generator returns, all its steps taken at once: for threads that have nothing else to do. */
export function runSteps<Result>(steps: Generator<void, Result, void>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
