import type { AuditEvent } from '../model/auditEvent.ts';
import type { FraudType } from '../validate/signal.ts';

/**
 * Something the fraud guide asks for that Twilio's API cannot do: it is guided, done by a person, and recorded as told. One file per step
 * in `core/consoleSteps`; `npm run sync` registers it.
 */
export interface ConsoleStep {
  /** Camel case, the file's name; never changed, journals name it. */
  readonly id: string;
  /** As a request: `Turn on SMS Pumping Protection`. */
  readonly title: string;
  /** The types of fraud it counters. */
  readonly types: readonly FraudType[];
  /** What it stops, a sentence. */
  readonly why: string;
  /** Where: what to choose one after the other. */
  readonly path: readonly string[];
  /** The page, below https://console.twilio.com/; empty where it has no address of its own, absent where it is not in the Console. */
  readonly page?: string;
  /** What to set and what to look at there, sentences. */
  readonly checks: readonly string[];
  /** Types of Monitor events that Twilio writes when it is done; none where it writes none that tells it from something else. */
  readonly confirmedBy: readonly string[];
  /** Of such an event, whether it tells of this step and not of another that is recorded by the same type; absent where the type says it. */
  readonly confirms?: (event: AuditEvent) => boolean;
  /** Why nothing confirms it, a sentence; absent where Twilio keeps no record at all. */
  readonly unconfirmed?: string;
}
