/** Runs what `take` gives, so many at once, until it gives nothing and all is done. After one fails no more are begun, and it rejects with the first failure once the others have ended. */
export function runAll(take: () => (() => Promise<void>) | undefined, widest: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let running = 0;
    let failure: { readonly error: unknown } | undefined;
    const fill = (): void => {
      for (let work = next(); work; work = next()) {
        running += 1;
        work()
          .catch((error: unknown) => {
            failure ??= { error };
          })
          .finally(() => {
            running -= 1;
            fill();
          });
      }
      if (running > 0) return;
      if (failure) reject(failure.error);
      else resolve();
    };
    const next = () => (failure || running >= widest ? undefined : take());
    fill();
  });
}
