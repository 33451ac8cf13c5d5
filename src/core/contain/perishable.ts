import type { SourceId } from '../evidence/source.ts';

/**
 * What containment changes or ends, in the order in which it perishes: who is at it, calls under way, keys with their kind, webhooks,
 * permissions. It is captured before the first request. Order of volatility: RFC 3227, section 2.1.
 */
export const perishable = [
  'events',
  'calls',
  'keys',
  'numbers',
  'sms-geo-permissions',
  'dialing-permissions',
] as const satisfies readonly SourceId[];
