import type { SourceId } from '../evidence/source.ts';
import type { CommandId } from '../manifest/commands.ts';
import type { AccountSid } from '../model/sid.ts';

/** A line of a tooltip: the name is ours, the value may be hostile text, or an instant in epoch milliseconds. */
export interface RowFact {
  readonly name: string;
  readonly value: string | { readonly at: number };
}

/** What a click on a row, or its menu, does: commands of the extension that take a row. */
export type IncidentAbility =
  | 'collectSource'
  | 'openEvidence'
  | 'openIncidentFile'
  | 'openInConsole'
  | 'starEntry'
  | 'unstarEntry'
  | 'annotateEntry';

/** Containment actions that a row may begin. */
export type LeverId =
  | 'cancelScheduledMessages'
  | 'clearWebhooks'
  | 'closeSmsCountry'
  | 'closeVoiceCountry'
  | 'createReplacementKey'
  | 'createUsageTrigger'
  | 'createVerifyLimit'
  | 'deleteApiKey'
  | 'detachSender'
  | 'endLiveCalls'
  | 'removeEventSink'
  | 'removeSipCredential'
  | 'resetWebhooks'
  | 'rotateAuthToken'
  | 'suspendSubaccount';

/** What colours a row's icon; nothing colours the others. */
export type RowTone = 'good' | 'warning' | 'bad';

/** A row of the Incident view, as plain data. Whoever shows it makes its strings inert: titles and reasons may be hostile text. */
export interface IncidentRow {
  /** Unique in the view and stable over refreshes. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Name of a product icon. */
  readonly icon: string;
  readonly tone?: RowTone;
  readonly facts?: readonly RowFact[];
  /** More to know, whole sentences. */
  readonly sentences?: readonly string[];
  readonly abilities?: readonly IncidentAbility[];
  /** What "Collect" on this row collects. */
  readonly collects?: { readonly sources: readonly SourceId[]; readonly accounts?: readonly AccountSid[] };
  /** What "Open" opens: the name of a file in the incident's folder. */
  readonly file?: string;
  /** What "Show Evidence" shows: `evidence/messages-0003.jsonl.gz:17`. */
  readonly evidence?: string;
  /** What a click does, of what the row is able to, when it runs no command. */
  readonly clicks?: 'openEvidence' | 'openInConsole' | 'consoleSteps';
  /** What "Open in Twilio Console" opens: a path below https://console.twilio.com/. */
  readonly consolePath?: string;
  /** The step in the Console that a click on it guides through. */
  readonly consoleStep?: string;
  /** The command a click runs when it opens no file; a containment action then asks what it acts on. */
  readonly runs?: CommandId | LeverId;
  readonly children?: readonly IncidentRow[];
  readonly expanded?: boolean;
}
