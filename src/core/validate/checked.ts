import type { Severity } from '../accounts/nodeKind.ts';
import type { Scope } from './scope.ts';
import type { Check, FraudType, SignalState } from './signal.ts';
import type { ChangedThreshold } from './thresholdSettings.ts';
import type { Assessment, Grade } from './verdict.ts';

/** What one indicator found, as plain data. Times are epoch milliseconds. */
export interface CheckedSignal {
  /** `P2`, as in Twilio's guide. */
  readonly id: string;
  readonly title: string;
  readonly type: FraudType;
  readonly state: SignalState;
  readonly severity?: Severity;
  readonly sentence: string;
  /** `evidence/messages-0003.jsonl.gz:17`, or a SID. */
  readonly evidence: readonly string[];
  readonly first?: number;
  readonly last?: number;
  readonly check?: Check;
  /** Sources of which something is missing that may change it. */
  readonly incomplete?: readonly string[];
}

export interface CheckedType {
  readonly type: FraudType;
  readonly grade: Grade;
  readonly sentence: string;
  readonly start?: number;
}

/** A line of the evidence that an indicator rests on. */
export interface CitedRow {
  /** `evidence/messages-0003.jsonl.gz:17`. */
  readonly ref: string;
  readonly sid?: string;
  /** Epoch milliseconds. */
  readonly at?: number;
}

/** An address in the audit log, as it stands in the incident's window. Nothing is looked up elsewhere. */
export interface CheckedAddress {
  readonly ip: string;
  /** Whether the log knew it before. */
  readonly origin: 'new' | 'known' | 'unjudged';
  /** Epoch milliseconds. */
  readonly first: number;
  readonly last: number;
  readonly events: number;
  readonly web: number;
  readonly api: number;
  /** Changes in the window that are no everyday work. */
  readonly deeds: number;
}

/** What `Validate` found without the rows it was judged by: small, plain, and enough to show it again. */
export interface Checked {
  /** In the order in which they are to be acted on. */
  readonly verdicts: readonly CheckedType[];
  /** In the guide's order. */
  readonly results: readonly CheckedSignal[];
  readonly first: Assessment['first'];
  readonly attack: Assessment['attack'];
  readonly why: string;
  readonly settle: readonly string[];
  readonly incomplete: readonly string[];
  /** How far it goes; absent in records of versions that did not count it. */
  readonly scope?: Scope;
  /** Who was here, new ones and those that changed most first; not all of very many. */
  readonly addresses: readonly CheckedAddress[];
  /** What the lines are that `evidence` names. */
  readonly cited: readonly CitedRow[];
  /** Thresholds it was judged by that are not the usual ones. */
  readonly changed: readonly ChangedThreshold[];
}

const names: Readonly<Record<FraudType, string>> = {
  'sms-pumping': 'SMS pumping',
  'toll-fraud': 'Toll fraud',
  'account-takeover': 'Account takeover',
  smishing: 'Smishing or vishing',
};

/** `SMS pumping`. */
export function typeName(type: FraudType): string {
  return names[type];
}

/** `SMS pumping: confirmed`. */
export function gradeText({ type, grade }: Pick<CheckedType, 'type' | 'grade'>): string {
  return `${names[type]}: ${grade}`;
}

/** `Account takeover: confirmed. SMS pumping: likely. …`: what there is a sign of; or that there is none, or that it is open. */
export function verdictText({ verdicts, why }: Pick<Checked, 'verdicts' | 'why'>): string {
  const signs = verdicts.filter(isSign).map((one) => `${gradeText(one)}.`);
  const open = verdicts.filter(({ grade }) => grade === 'cannot tell').map(({ type }) => names[type]);
  const told = signs.length > 0 || open.length > 0 ? signs : ['No type of fraud is likely.'];
  return [...told, ...(open.length > 0 ? [`Cannot tell: ${open.join(', ')}.`] : []), why].join(' ');
}

/** Whether anything speaks for it beyond what is ordinary. */
export function isSign({ grade }: Pick<CheckedType, 'grade'>): boolean {
  return grade === 'confirmed' || grade === 'likely' || grade === 'possible';
}
