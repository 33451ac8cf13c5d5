import { span } from '../../model/age.ts';
import type { Window } from '../../traffic/window.ts';
import type { EvidenceSource } from '../source.ts';
import { createJob, type Job } from './job.ts';
import { forgotten, heldBy, missingOf, reachable } from './missing.ts';
import type { CollectOptions } from './options.ts';

/** Slices of one account under way at once; more than any account is let have requests. */
const widest = 40;
/** Twilio's clock may be ahead, and time passes until the request arrives. */
const slack = 60 * 60_000;
/** Where requests per minute are limited, more than these would only wait. */
const widestPaced = 4;

/** What is to be read, in the order of the sources, for each of them account by account. */
export function planJobs({ sources, accounts, main, window, now, held }: CollectOptions): readonly Job[] {
  const slicesOf = heldBy(held);
  return sources.flatMap((source) => {
    const asked = source.scope === 'main' ? [main] : accounts.map(({ account }) => account);
    const reach = reachable(source, window, now);
    const lost = forgotten(source, window, now);
    return asked.map((account) =>
      createJob(
        { source, account, widest: source.mostPerMinute === undefined ? widest : widestPaced },
        source.kind === 'state' ? [] : cutAtSure(source, missingOf(source, reach, slicesOf(source.id, account)), now),
        lost === undefined ? [] : [lost],
      ),
    );
  });
}

/** In two where Twilio may have nothing older, or refuse to look: that must not cost what is younger. Windows of whole seconds, oldest first. */
function cutAtSure({ sure }: EvidenceSource, windows: readonly Window[], now: number): readonly Window[] {
  if (!sure) return windows;
  const border = Math.ceil((now - sure.days * span.day) / 1000) * 1000 + slack;
  return windows.flatMap(({ from, to }) =>
    from < border && border <= to
      ? [
          { from, to: border - 1000 },
          { from: border, to },
        ]
      : [{ from, to }],
  );
}
