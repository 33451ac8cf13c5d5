import type { Progress } from 'vscode';
import { type ImportProgress, type OnCounted, progressText } from '../core/traffic/logImport.ts';

/** What a count of captured messages tells while it goes on. */
export interface CountingProgress {
  readonly onProgress: (progress: ImportProgress) => void;
  readonly onCounted: OnCounted;
}

/** Milliseconds: a person reads no faster. */
const untilShown = 250;

/** Shows how far counting is in a notification, behind `lead`. `now` in milliseconds. */
export function countingProgress(
  toast: Progress<{ message?: string }>,
  now: () => number,
  lead = '',
): CountingProgress {
  const begun = now();
  let told = begun;
  return {
    onProgress(progress) {
      if (now() - told < untilShown) return;
      told = now();
      toast.report({ message: `${lead}${progressText(progress, told - begun)}` });
    },
    onCounted() {
      toast.report({ message: 'the detector is judging what was counted' });
    },
  };
}
