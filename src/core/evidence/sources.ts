import type { EvidenceSource } from './source.ts';
import { accounts } from './sources/accounts.ts';
import { alerts } from './sources/alerts.ts';
import { applications } from './sources/applications.ts';
import { attempts } from './sources/attempts.ts';
import { calls } from './sources/calls.ts';
import { dialingPermissions } from './sources/dialingPermissions.ts';
import { events } from './sources/events.ts';
import { keys } from './sources/keys.ts';
import { messages } from './sources/messages.ts';
import { messagingServices } from './sources/messagingServices.ts';
import { numbers } from './sources/numbers.ts';
import { prices } from './sources/prices.ts';
import { smsGeoPermissions } from './sources/smsGeoPermissions.ts';
import { usage } from './sources/usage.ts';
import { usageTriggers } from './sources/usageTriggers.ts';
import { verifyServices } from './sources/verifyServices.ts';

/** What is collected, in this order: first what Twilio forgets soonest. */
export const sources: readonly EvidenceSource[] = [
  events,
  alerts,
  attempts,
  messages,
  calls,
  usage,
  accounts,
  keys,
  numbers,
  applications,
  messagingServices,
  verifyServices,
  smsGeoPermissions,
  dialingPermissions,
  usageTriggers,
  prices,
];
