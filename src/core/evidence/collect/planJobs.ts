import { span } from '../../model/age.ts';
import type { Window } from '../../traffic/window.ts';
import type { EvidenceSource } from '../source.ts';
import { createJob, type Job } from './job.ts';
import { forgotten, type HeldSlice, heldBy, leadOf, missingOf, reachable, settling, sureFrom } from './missing.ts';
import type { CollectOptions } from './options.ts';

/** Slices of one account under way at once: as many as an account is let have requests. */
const widest = 48;
/** Where requests per minute are limited, more than these would only wait. */
const widestPaced = 4;

/** What is to be read, in the order of the sources, for each of them account by account. */
export function planJobs({
  sources,
  accounts,
  main,
  window,
  now,
  held,
  settled = Infinity,
}: CollectOptions): readonly Job[] {
  const slicesOf = heldBy(held);
  return sources.flatMap((source) => {
    const asked = source.scope === 'main' ? [main] : accounts.map(({ account }) => account);
    const reach = reachable(source, window, now);
    const lead = leadOf(source, window, now);
    const lost = forgotten(source, window, now);
    // What changes late is read again once an hour at most: going on after a stop must not begin anew.
    const late = Math.min(settling(source), settled);
    const soon = source.unit === 'day' ? late : Math.min(late, span.hour);
    const settledIn = (read: number): number => (now - read < span.hour ? soon : late);
    const unread = (slices: readonly HeldSlice[]) =>
      [...(lead ? [lead] : []), reach].flatMap((part) => missingOf(source, part, slices, settledIn));
    return asked.map((account) =>
      createJob(
        { source, account, widest: source.mostPerMinute === undefined ? widest : widestPaced },
        source.kind === 'state' ? [] : cutAtSure(source, unread(slicesOf(source.id, account)), now),
        lost === undefined ? [] : [lost],
      ),
    );
  });
}

/** In two where Twilio may have nothing older, or refuse to look: that must not cost what is younger. Windows of whole seconds, oldest first. */
function cutAtSure(source: EvidenceSource, windows: readonly Window[], now: number): readonly Window[] {
  const border = sureFrom(source, now);
  if (border === undefined) return windows;
  return windows.flatMap(({ from, to }) =>
    from < border && border <= to
      ? [
          { from, to: border - 1000 },
          { from: border, to },
        ]
      : [{ from, to }],
  );
}
