import { type ImportProgress, type OnCounted, progressText } from '../core/traffic/logImport.ts';

/** What counting logs tells while it goes on. */
export interface CountingProgress {
  readonly onProgress: (progress: ImportProgress) => void;
  readonly onCounted: OnCounted;
}

/** Milliseconds: a person reads no faster. */
const untilShown = 250;

/** Reports in words how far counting is, behind `lead`; not more often than a person reads. `now` in milliseconds. */
export function countingProgress(report: (text: string) => void, now: () => number, lead = ''): CountingProgress {
  const begun = now();
  let told = begun;
  return {
    onProgress(progress) {
      if (now() - told < untilShown) return;
      told = now();
      report(`${lead}${progressText(progress, told - begun)}`);
    },
    onCounted() {
      report('the detector is judging what was counted');
    },
  };
}
