import { runSteps } from '../../../core/runSteps.ts';
import type { SeriesRows } from '../../../core/traffic/detect/rows.ts';
import type { Detected } from '../../../core/traffic/detected.ts';
import { detectSteps } from '../../../core/traffic/detectTraffic.ts';
import type { Window } from '../../../core/traffic/window.ts';

/** Rows of one channel that were read from Twilio, and the window of their report: plain data, for a thread of its own. */
export interface RowsToDetect {
  readonly series: readonly SeriesRows[];
  readonly window: Window;
}

/** Runs the detector on rows that lie on no disk. */
export function detectRows({ series, window }: RowsToDetect): Detected {
  return runSteps(detectSteps(series, window));
}
