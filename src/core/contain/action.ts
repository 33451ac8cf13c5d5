import type { Fact } from '../accounts/nodeKind.ts';
import type { UserError } from '../errors.ts';
import type { JsonObject } from '../model/json.ts';
import type { Reply } from '../ports.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import type { PlannedAccount } from './planAccounts.ts';
import type { Target } from './target.ts';

/** The fields of a target that an action changes or depends on, as text: equal states are equal records. */
export type State = Readonly<Record<string, string>>;

/** Whether the state before can be brought back: always, perhaps (Twilio may refuse), or never. */
export type Reversibility = 'reversible' | 'perhaps' | 'irreversible';

/** What one read gave. `complete` is false when Twilio has more than was read. */
export interface Reading {
  readonly body: JsonObject;
  readonly items: readonly JsonObject[];
  readonly complete: boolean;
  /** For an account: tells its Auth Token from another. */
  readonly tokenMark?: string;
}

/** Readings by the name of their read; `undefined` for one that failed and may fail. */
export type Readings = Readonly<Record<string, Reading | undefined>>;

/** Who acts, for what must not be done with this credential. */
export interface Actor {
  readonly main: string;
  /** The API key that signs the requests, when one does. */
  readonly keyInUse?: string;
}

/**
 * Things that come and go by themselves, such as calls: every one that is found is changed the same way, once more as often as new
 * ones are found, within a limit. They are sent before the other requests and looked for again after them.
 */
export interface Sweep<T extends Target = Target> {
  /** `call under way`: one of them, in a sentence. */
  readonly of: string;
  /** The letters its SIDs begin with. */
  readonly prefix: string;
  found(readings: Readings, target: T): readonly string[];
  one(target: T, sid: string): TwilioRequest;
}

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
  /** For what cannot be undone: what a person types when it ends several, `delete # keys`. Without it each is confirmed by itself. */
  readonly several?: string;
  /** False hides it from the target's menu. */
  applicable(target: T): boolean;
  /** Why it must not be done to this target, as a sentence, from its live state. */
  refuse(target: T, live: State, actor: Actor): string | undefined;
  /** Reads the live state, by name. */
  reads(target: T): Readonly<Record<string, TwilioRequest>>;
  /** Reads of what the first ones found, such as the parts of a thing whose SID they gave. */
  readsNext?(target: T, readings: Readings): Readonly<Record<string, TwilioRequest>>;
  /** Reads that may fail: the state then says so, and the action goes on without what they would have told. */
  readonly optional?: readonly string[];
  /** Pages read of each list, 1 unless told. */
  readonly pages?: number;
  state(readings: Readings, target: T): State;
  /** The state when Twilio answers that there is no such thing (404), for things that do not come back. Without it, that is a failure. */
  readonly gone?: State;
  /** The same for things that may as well not be there, such as an entry of a list. */
  readonly absent?: State;
  /** Fields of the state that change by themselves: a plan stays good when they do. */
  readonly volatile?: readonly string[];
  /** The changes, in order. */
  requests(target: T, before: State): readonly TwilioRequest[];
  readonly sweep?: Sweep<T>;
  /** What fields of the live state must be for the outcome to count as done. */
  wanted(before: State, target: T): State;
  /**
   * The action that brings the state before back, and the target it needs for that, when not the same; `undefined` for a state before
   * that it cannot bring back.
   */
  readonly undo?: { readonly actionId: string; target?(target: T, before: State, after: State): Target | undefined };
  /** True when a refusal means that what was wanted is so already, such as a call that ended by itself. */
  harmless?(refusal: UserError): boolean;
  /** What a reply that counts as success complains of, as a sentence of ours: HTTP 200 may carry an error of its own. */
  complaint?(reply: Reply): string | undefined;
  /** Twilio may take some seconds until a read shows the change. */
  readonly slow?: true;
  /** What was done left a new secret in the secret storage, which the person needs for their programs. */
  readonly handsOut?: 'token' | 'key';
  /** What else is true when the wanted state holds but no reply came, such as a secret that was shown in it. A sentence. */
  readonly unheard?: string;
  /** What the person has to do themselves for it to work, as Markdown, such as the code their application needs. */
  instructions?(target: T): string;
  /** Reads that tell what depends on the target, and what they say. A read that fails is shown as unknown. */
  evidence(target: T, now: number): Readonly<Record<string, TwilioRequest>>;
  blastRadius(
    replies: Readonly<Record<string, readonly JsonObject[] | undefined>>,
    target: T,
    before: State,
    known?: Known,
  ): readonly Fact[];
}

/** What a blast radius rests on besides what Twilio was asked. */
export interface Known {
  /** Of the reads that captures answered, what those cover: `2026-11-14 12:00 to 2026-11-21 12:00 UTC, in the evidence of this incident`. */
  readonly basis: Readonly<Record<string, string>>;
  /** What each account sent to a country; absent when the traffic was not looked at. Names are hostile text. */
  sentTo?(iso: string): {
    readonly accounts: readonly (PlannedAccount & { readonly messages: number })[];
    /** The seven days before this are counted, epoch milliseconds. */
    readonly until: number;
    /** Something of them was not read, so that others may have sent there, too. */
    readonly incomplete: boolean;
  };
}
