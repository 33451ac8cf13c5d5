import { runSteps } from '../../../core/runSteps.ts';
import type { Channel } from '../../../core/traffic/channel.ts';
import type { SeriesRows } from '../../../core/traffic/detect/rows.ts';
import type { Detected } from '../../../core/traffic/detected.ts';
import { detectSteps } from '../../../core/traffic/detectTraffic.ts';
import { attemptSeries, callSeries, messageSeries } from '../../../core/traffic/indexSeries.ts';
import type { Window } from '../../../core/traffic/window.ts';
import { openIndex } from '../ingest/openIndex.ts';
import { openImportedAttempts, openImportedCalls } from '../ingest/openOthers.ts';
import { readEndings } from '../ingest/readEndings.ts';

/** Imported logs, and the report they are looked at for: plain data, for a thread of its own. */
export interface IndexToDetect {
  /** The import's folder. */
  readonly index: string;
  readonly window: Window;
}

/** Plain data; channels without a row are absent. */
export type DetectedIndex = { readonly [Name in Channel]?: Detected };

/** Runs the detector on what was imported. Throws `UserError` when the index is damaged. */
export async function detectIndex({ index, window }: IndexToDetect): Promise<DetectedIndex> {
  const { columns } = await openIndex(index);
  const [calls, attempts] = await Promise.all([openImportedCalls(index), openImportedAttempts(index)]);
  const detect = (series: readonly SeriesRows[]): Detected => runSteps(detectSteps(series, window));
  return {
    ...(columns.rows > 0 && { sms: detect(messageSeries(columns, await readEndings(index))) }),
    ...(calls && { voice: detect(callSeries(calls)) }),
    ...(attempts && { verify: detect(attemptSeries(attempts)) }),
  };
}
