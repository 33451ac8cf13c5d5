import type { Cancellation } from '../../../core/ports.ts';
import { attemptReport, callReport } from '../../../core/traffic/importedOthers.ts';
import type { ImportedTraffic, LogImporter, OnCounted } from '../../../core/traffic/logImport.ts';
import type { TrafficReport } from '../../../core/traffic/report.ts';
import { windowEndingAt } from '../../../core/traffic/window.ts';
import { openImportedAttempts, openImportedCalls } from '../ingest/openOthers.ts';
import type { DetectedIndex } from './detectIndex.ts';
import { inThread } from './inThread.ts';

/** The importer, whose reports say what the detector makes of them, with imported calls and Verify attempts beside messages. */
export function detectedImports(importer: LogImporter, detector: string | URL): LogImporter {
  return {
    ...importer,
    async importFiles(paths, options) {
      return withDetection(await importer.importFiles(paths, options), detector, options);
    },
    async last() {
      const kept = await importer.last();
      return (
        kept && {
          ...kept,
          open: async (cancel, onCounted) =>
            withDetection(await kept.open(cancel, onCounted), detector, {
              ...(cancel && { cancel }),
              ...(onCounted && { onCounted }),
            }),
        }
      );
    },
  };
}

async function withDetection(
  traffic: ImportedTraffic,
  detector: string | URL,
  { cancel, onCounted }: { readonly cancel?: Cancellation; readonly onCounted?: OnCounted },
): Promise<ImportedTraffic> {
  const { kept, summary } = traffic;
  if (kept === undefined) return traffic;
  // Without messages the newest of the others says which seven days are looked at.
  const newest = Math.max(summary.calls?.to ?? 0, summary.attempts?.to ?? 0);
  const { report } =
    summary.rows > 0 || newest === 0 ? traffic : { report: { ...traffic.report, window: windowEndingAt(newest) } };
  const { window } = report;
  const task = { kind: 'index', index: kept, window } as const;
  const judging = inThread<typeof task, DetectedIndex>(detector, task, cancel);
  // Awaited below; a failure before that must not pass for one that nobody looks at.
  judging.catch(() => undefined);
  const [calls, attempts] = await Promise.all([openImportedCalls(kept), openImportedAttempts(kept)]);
  const others = {
    ...(calls && { voice: callReport(calls, window) }),
    ...(attempts && { verify: attemptReport(attempts, window) }),
  };
  onCounted?.({ ...traffic, report: { ...report, others } });
  const found = await judging;
  const judged = (one: TrafficReport, detected = found[one.channel ?? 'sms']): TrafficReport =>
    detected ? { ...one, detected } : one;
  return {
    ...traffic,
    report: {
      ...judged(report),
      others: {
        ...(others.voice && { voice: judged(others.voice) }),
        ...(others.verify && { verify: judged(others.verify) }),
      },
    },
  };
}
