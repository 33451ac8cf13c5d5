import type { Fact, Target } from '../accounts/nodeKind.ts';
import type { JsonObject } from '../model/json.ts';
import type { TwilioRequest } from '../twilio/request.ts';

/** The fields of a target that an action changes or depends on, as text: equal states are equal records. */
export type State = Readonly<Record<string, string>>;

/** Whether the state before can be brought back: always, perhaps (Twilio may refuse), or never. */
export type Reversibility = 'reversible' | 'perhaps' | 'irreversible';

/**
 * A containment lever. It never calls Twilio: it returns requests and reads replies; the one pipeline previews, confirms, records,
 * sends, reads back and undoes. One file per action in `core/actions`; `npm run sync` registers it.
 */
export interface Action<T extends Target = Target> {
  /** Camel case, the file's name; also the command `twilioIncident.<id>`. */
  readonly id: string;
  readonly title: string;
  readonly icon: string;
  /** Which kind of target it acts on. */
  readonly on: T['kind'];
  readonly reversibility: Reversibility;
  /** False hides it from the target's menu. */
  applicable(target: T): boolean;
  /** Why it must not be done to this target, as a sentence, from its live state. */
  refuse(target: T, live: State, context: { readonly main: string }): string | undefined;
  /** Reads the live state. */
  read(target: T): TwilioRequest;
  state(body: JsonObject): State;
  /** The changes, in order. */
  requests(target: T): readonly TwilioRequest[];
  /** What the live state must be for the outcome to count as done. */
  wanted(before: State): State;
  /** The action that brings the state before back. */
  readonly undo?: { readonly actionId: string };
  /** Reads that tell what depends on the target, and what they say. A read that fails is shown as unknown. */
  evidence(target: T, now: number): Readonly<Record<string, TwilioRequest>>;
  blastRadius(replies: Readonly<Record<string, readonly JsonObject[] | undefined>>, target: T): readonly Fact[];
}
