import { sentTo } from '../core/contain/excess.ts';
import { answersFrom, type CapturedAnswers } from '../core/contain/fromCaptures.ts';
import type { PlanContext } from '../core/contain/plan.ts';
import { UserError } from '../core/errors.ts';
import { rowsOf } from '../core/evidence/captureRecord.ts';
import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import { heldCaptures } from '../core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import type { Clock } from '../core/ports.ts';
import type { TrafficReport } from '../core/traffic/report.ts';

export interface PlanEvidenceParts {
  readonly store: () => Promise<EvidenceStore>;
  readonly clock: Clock;
}

/** How long a plan waits for evidence to be read through, in milliseconds, and how many rows that can be. */
const longest = 3000;
const mostRows = 400_000;
const nothing: CapturedAnswers = () => undefined;

/** What is known beside Twilio of what depends on a target: the evidence of the active incident, and the traffic that was looked at. */
export function planEvidence(
  incident: OpenIncident | undefined,
  report: TrafficReport | undefined,
  { store, clock }: PlanEvidenceParts,
): Pick<PlanContext, 'captured' | 'sentTo'> {
  return {
    ...(report && { sentTo: (iso: string) => sentTo(report, iso) }),
    // What somebody else captured must not tell what breaks here: then Twilio is asked.
    ...(incident?.journal.unsealed === 0 && {
      async captured(requests) {
        const held = heldCaptures(incident.journal.records);
        const begun = clock.now();
        const read = await store();
        try {
          return await answersFrom(requests, {
            held,
            now: begun,
            isOver: () => clock.now() - begun > longest,
            rows(sources) {
              const rows = held.filter(({ capture }) => sources.includes(capture.source));
              const all = rows.reduce((sum, { capture }) => sum + rowsOf(capture), 0);
              if (all > mostRows) throw new UserError('too-large', 'Too much evidence to be read through now.');
              return read.rows(incident, sources);
            },
          });
        } catch (reason) {
          // What cannot be read is asked of Twilio.
          if (reason instanceof UserError) return nothing;
          throw reason;
        }
      },
    }),
  };
}
