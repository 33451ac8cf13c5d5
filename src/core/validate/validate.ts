import type { SourceCoverage } from '../evidence/coverage.ts';
import type { CapturedRow } from '../evidence/evidenceStore.ts';
import { latestRows } from '../evidence/latestRows.ts';
import type { SourceId } from '../evidence/source.ts';
import { sources } from '../evidence/sources.ts';
import { shortSid } from '../model/sid.ts';
import type { Inert } from '../untrusted.ts';
import { type Facts, gatherFacts } from './facts.ts';
import { say } from './results.ts';
import type { Signal } from './signal.ts';
import { defaultThresholds, type Thresholds } from './thresholds.ts';
import { type Assessment, assess, type Judged } from './verdict.ts';

/** What the indicators are judged by. `prices` and the like say nothing of fraud and are not read. */
export const validatedSources: readonly SourceId[] = [
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

export interface ValidateInput {
  readonly signals: readonly Signal[];
  /** The captured rows of `validatedSources`. Called up to three times, and gives the same rows each time. */
  readonly rows: () => AsyncIterable<CapturedRow>;
  /** How much of each source of each account is held: what tells a clean account from one that was not looked at. */
  readonly coverage: readonly Pick<SourceCoverage, 'source' | 'account' | 'state' | 'why'>[];
  readonly now: number;
  readonly thresholds?: Thresholds;
  /** Lets others have the thread for a moment: a second or more may pass between two calls. */
  readonly pause?: () => Promise<void>;
}

export interface Validation {
  readonly facts: Facts;
  /** In the guide's order. */
  readonly judged: readonly Judged[];
  readonly assessment: Assessment;
}

/** Runs every indicator on what was collected. Asks Twilio nothing. Fails as reading the rows does. */
export async function validate({
  signals,
  rows,
  coverage,
  now,
  thresholds,
  pause,
}: ValidateInput): Promise<Validation> {
  const keys = new Map(sources.map((source) => [source.id, source]));
  const validated = coverage.filter(({ source }) => validatedSources.includes(source));
  const read = validated.filter(({ state }) => state === 'complete' || state === 'partial').map(({ source }) => source);
  const missing = validated.filter(({ state }) => state !== 'complete');
  const latest = latestRows(rows, ({ source, row }) => keys.get(source)?.key(row));
  const facts = await gatherFacts({
    rows: latest,
    read,
    thresholds: thresholds ?? defaultThresholds,
    now,
    pause: pause ?? (() => Promise.resolve()),
  });
  const judged: Judged[] = [];
  for (const signal of signals.toSorted((a, b) => guideOrder(a) - guideOrder(b))) {
    await pause?.();
    const result = signal.evaluate(facts);
    const incomplete = signal.needs.filter((need) => missing.some(({ source }) => source === need));
    judged.push({ signal, result: incomplete.length > 0 ? { ...result, incomplete } : result });
  }
  return { facts, judged, assessment: assess(judged, missing.map(gapText)) };
}

/** `messages of AC…12ab: partial. 2026-11-20 10:00 UTC to …: not collected yet.` */
function gapText({ source, account, state, why }: ValidateInput['coverage'][number]): Inert<'label'> {
  return say`${source} of ${shortSid(account)}: ${state}. ${why[0] ?? ''}`;
}

function guideOrder({ id }: Signal): number {
  return 'PTAS'.indexOf(id.charAt(0)) * 10 + Number(id.slice(1));
}
