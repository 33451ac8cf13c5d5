import type { Target } from '../contain/target.ts';
import type { JsonObject } from '../model/json.ts';
import type { AccountSid } from '../model/sid.ts';
import type { TwilioRequest } from '../twilio/request.ts';

/** Whose resources a part of the tree shows, and when it was asked for (epoch ms, UTC). */
export interface Scope {
  readonly account: AccountSid;
  /** The connection's main account, the parent of all subaccounts. */
  readonly main: AccountSid;
  readonly now: number;
  /** SIDs of API keys that were made with this extension, as records sealed on this computer say. */
  readonly ownKeys?: ReadonlySet<string>;
}

export type Severity = 'notice' | 'warning' | 'critical';

/** A line of a tooltip: the name is ours, the value may be hostile text. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** One row of the tree, as plain data. All strings may hold hostile text; whoever shows them makes them inert. */
export interface Branch {
  /** Unique among its siblings and stable over refreshes. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon: string;
  /** Why it is nobody else's doing, in a few words; what is suspicious is not. */
  readonly own?: string;
  /** How suspicious it is, and why, in a sentence. */
  readonly severity?: { readonly level: Severity; readonly reason: string };
  readonly facts: readonly Fact[];
  /** What "Copy SID" copies. */
  readonly sid?: string;
  /** What the filter looks through besides label and SID, such as the hosts of webhooks. */
  readonly searchText?: string;
  /** Path below https://console.twilio.com/. */
  readonly consolePath?: string;
  /** What containment actions on this row act on. */
  readonly target?: Target;
  /** What more there is to act on in it, such as the calls of an account. */
  readonly parts?: readonly Target[];
  /** Rows below this one that are known already. */
  readonly children?: readonly Branch[];
  /** This row is an account: every collection hangs below it. */
  readonly opens?: Scope;
}

/**
 * A collection below an account: a folder of the tree. It never calls Twilio; it says what to request and reads the replies.
 * One file per kind in this folder; `npm run sync` registers it.
 */
export interface NodeKind<Row = unknown> {
  /** Camel case, the file's name, never changed: people's hidden kinds and expanded rows are stored by it. */
  readonly id: string;
  readonly heading: string;
  /** What it shows, for the tooltip and the README. */
  readonly about: string;
  /** Name of a product icon. https://code.visualstudio.com/api/references/icons-in-labels */
  readonly icon: string;
  /** Position among the collections of an account. */
  readonly order: number;
  /** Shown when the list is read and empty. */
  readonly empty: string;
  /** `branches` looks at `Scope.ownKeys`. */
  readonly knowsOwnKeys?: true;
  /** Only for the main account. */
  readonly mainOnly?: boolean;
  /** The lists the rows come from, newest or first page first. "Load more" reads the next page of each. */
  lists(scope: Scope): readonly TwilioRequest[];
  /**
   * More to read once for the same rows, such as the audit events that say who made a key. A failure here costs only the
   * facts it would have given, and is said in the tooltip.
   */
  context?(scope: Scope): readonly TwilioRequest[];
  /**
   * What else to look at for rows that were read, such as the messages of a subaccount: read once they are shown, which are shown anew
   * then. A failure here costs only the facts it would have given.
   */
  looks?(rows: readonly Row[], scope: Scope): readonly TwilioRequest[];
  /** Reads one item of a reply; `undefined` when it is not understood. `source` is the request's operation. */
  read(item: JsonObject, source: TwilioRequest['operation']): Row | undefined;
  /** All rows read so far, as branches of the tree. */
  branches(rows: readonly Row[], scope: Scope): readonly Branch[];
}
