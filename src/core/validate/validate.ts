import type { Own } from '../contain/ownChanges.ts';
import type { SourceCoverage } from '../evidence/coverage.ts';
import type { CapturedRow } from '../evidence/evidenceStore.ts';
import { latestRows } from '../evidence/latestRows.ts';
import type { SourceId } from '../evidence/source.ts';
import { sources } from '../evidence/sources.ts';
import { sourceTitles } from '../evidence/sourceTitles.ts';
import { shortAccount } from '../traffic/logRow.ts';
import type { Inert } from '../untrusted.ts';
import { type Facts, gatherFacts } from './facts.ts';
import { say } from './results.ts';
import { type Scope, scopeOf } from './scope.ts';
import type { Signal } from './signal.ts';
import { defaultThresholds, type Thresholds } from './thresholds.ts';
import { type Assessment, assess, type Judged } from './verdict.ts';

/** What the indicators are judged by: what is missing of these is told. */
const judgedSources: readonly SourceId[] = [
  'events',
  'alerts',
  'attempts',
  'messages',
  'calls',
  'accounts',
  'keys',
  'numbers',
  'applications',
];

/** What is read for them: settings say more where they are there. `prices` say nothing of fraud. */
export const validatedSources: readonly SourceId[] = [
  ...judgedSources,
  'usage',
  'usage-triggers',
  'verify-services',
  'messaging-services',
  'sms-geo-permissions',
  'dialing-permissions',
];

export interface ValidateInput {
  readonly signals: readonly Signal[];
  /** The captured rows of `validatedSources`. Called up to three times, and gives the same rows each time. */
  readonly rows: () => AsyncIterable<CapturedRow>;
  /** How much of each source of each account is held: what tells a clean account from one that was not looked at. */
  readonly coverage: readonly Pick<SourceCoverage, 'source' | 'account' | 'state' | 'why'>[];
  readonly now: number;
  /**
   * When the incident's window begins, epoch milliseconds: what was captured of the time before it only tells what was usual and who was
   * here. All of it is the incident's without this.
   */
  readonly from?: number;
  readonly thresholds?: Thresholds;
  /** What was done with this extension, by records that were sealed here: no intruder's doing. */
  readonly own?: Own;
  /** Lets others have the thread for a moment: a second or more may pass between two calls. */
  readonly pause?: () => Promise<void>;
}

export interface Validation {
  readonly facts: Facts;
  /** In the guide's order. */
  readonly judged: readonly Judged[];
  readonly assessment: Assessment;
  readonly scope: Scope;
}

/** Runs every indicator on what was collected. Asks Twilio nothing. Fails as reading the rows does. */
export async function validate({
  signals,
  rows,
  coverage,
  now,
  from,
  thresholds,
  own,
  pause,
}: ValidateInput): Promise<Validation> {
  const keys = new Map(sources.map((source) => [source.id, source]));
  const validated = coverage.filter(({ source }) => validatedSources.includes(source));
  const read = validated.filter(({ state }) => state === 'complete' || state === 'partial').map(({ source }) => source);
  const missing = validated.filter(({ source, state }) => state !== 'complete' && judgedSources.includes(source));
  const latest = latestRows(rows, ({ source, row }) => keys.get(source)?.key(row));
  const facts = await gatherFacts({
    rows: latest,
    read,
    thresholds: thresholds ?? defaultThresholds,
    now,
    from: from ?? Number.NEGATIVE_INFINITY,
    ...(own && { own }),
    pause: pause ?? (() => Promise.resolve()),
  });
  const judged: Judged[] = [];
  for (const signal of signals.toSorted((a, b) => guideOrder(a) - guideOrder(b))) {
    await pause?.();
    const result = signal.evaluate(facts);
    const incomplete = signal.needs.filter((need) => missing.some(({ source }) => source === need));
    judged.push({ signal, result: incomplete.length > 0 ? { ...result, incomplete } : result });
  }
  return { facts, judged, assessment: assess(judged, missing.map(gapText)), scope: scopeOf(facts, judged) };
}

/** `Messages of AC…12ab: partial. 2026-11-20 10:00 UTC to …: not collected yet.` */
function gapText({ source, account, state, why }: ValidateInput['coverage'][number]): Inert<'label'> {
  return say`${sourceTitles[source]} of ${shortAccount(account)}: ${state}. ${state === 'not collected' ? '' : (why[0] ?? '')}`;
}

function guideOrder({ id }: Signal): number {
  return 'PTAS'.indexOf(id.charAt(0)) * 10 + Number(id.slice(1));
}
