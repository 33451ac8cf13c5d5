import { perishable } from '../contain/perishable.ts';
import type { HeldCapture } from '../evidence/heldCaptures.ts';
import type { SourceId } from '../evidence/source.ts';
import { sources } from '../evidence/sources.ts';
import type { Incident } from '../model/incident.ts';
import type { Window } from '../traffic/window.ts';
import { isOngoing } from './ongoing.ts';

/** What is also captured before a containment, for minutes nobody else was asked about. */
const byItself: ReadonlySet<SourceId> = new Set(perishable);
/** Sources whose slices end where collecting ended; those that sum up days end with the day. */
const timed = new Set(
  sources.filter(({ id, kind, unit }) => kind === 'log' && unit === undefined && !byItself.has(id)).map(({ id }) => id),
);

type Described = Pick<Incident, 'window' | 'created' | 'status'>;

/** What to collect: the incident's window, up to `now` (epoch ms) while it goes on. Whole seconds, as Twilio's dates are. */
export function collectionWindow(incident: Described, held: readonly HeldCapture[], now: number): Window {
  const known = evidenceWindow(incident, held);
  return isOngoing(incident) ? { from: known.from, to: wholeSecond(Math.max(known.from, now)) } : known;
}

/**
 * What the evidence is held against: the incident's window, and as far beyond its end as it was collected, so that evidence of an
 * ongoing incident is not incomplete again a second after it was collected.
 */
export function evidenceWindow(incident: Described, held: readonly HeldCapture[]): Window {
  const { from, to } = incident.window;
  const ends = held
    .filter(({ capture }) => timed.has(capture.source))
    // A date that lay ahead when it was recorded, such as in an imported file, is a mistake in the file.
    .flatMap(({ capture, at }) => capture.slices.map(({ window }) => Math.min(window?.to ?? to, at)));
  const last = isOngoing(incident) ? ends.reduce((latest, end) => Math.max(latest, end), to) : to;
  return { from: wholeSecond(from), to: wholeSecond(last) };
}

function wholeSecond(instant: number): number {
  return Math.floor(instant / 1000) * 1000;
}
