import type { Log } from '../ports.ts';
import { untrusted } from '../untrusted.ts';

/** Puts an error nobody planned for into the log, made inert: whoever says "the log has details" calls this. */
export function logUnexpected(log: Log, reason: unknown): void {
  const text =
    reason instanceof Error ? `${reason.name}: ${reason.message}\n${reason.stack ?? ''}` : `Thrown: ${String(reason)}`;
  log.error(untrusted(text).for('log'));
}
