import type { Own } from '../contain/ownChanges.ts';
import type { CapturedRow } from '../evidence/evidenceStore.ts';
import type { SourceId } from '../evidence/source.ts';
import { type AttemptFacts, createAttemptFacts } from './attemptFacts.ts';
import { type CallFacts, createCallFacts } from './callFacts.ts';
import { createMessageFacts, type MessageFacts } from './messageFacts.ts';
import { createRefs } from './refs.ts';
import { createSettingFacts, type SettingFacts } from './settingFacts.ts';
import { createStateFacts, type StateFacts } from './stateFacts.ts';
import { findSurges, markTexts, type Surge } from './surges.ts';
import { type SuspectTemplate, suspectTemplates, suspicion } from './suspects.ts';
import { findTakeover, type Takeover } from './takeover.ts';
import type { Thresholds } from './thresholds.ts';

/** What the indicators are judged by: counted once, in one pass over the captured rows, then never changed. */
export interface Facts {
  readonly thresholds: Thresholds;
  /** Epoch milliseconds. */
  readonly now: number;
  /** When the incident's window begins, epoch milliseconds; what lies before it is what it is compared with. */
  readonly from: number;
  /** Sources that were read, also where they held no row. */
  readonly read: ReadonlySet<SourceId>;
  readonly messages: MessageFacts;
  readonly attempts: AttemptFacts;
  readonly calls: CallFacts;
  readonly state: StateFacts;
  readonly settings: SettingFacts;
  readonly surges: readonly Surge[];
  readonly takeover: Takeover;
  /** What was done with this extension. */
  readonly own?: Own;
  readonly suspects: readonly SuspectTemplate[];
  /** `evidence/messages-0003.jsonl.gz:17` of a row's number. */
  ref(row: number): string;
}

export interface FactsInput {
  /** Each thing once: earlier states of it left out (`latestRows`). In any order. */
  readonly rows: AsyncIterable<CapturedRow> | Iterable<CapturedRow>;
  /** Sources that were read of any account. Those that rows come from count by themselves. */
  readonly read: Iterable<SourceId>;
  readonly thresholds: Thresholds;
  readonly now: number;
  readonly from?: number;
  /** What was done with this extension. */
  readonly own?: Own;
  /** Lets others have the thread for a moment. */
  readonly pause: () => Promise<void>;
}

/** About 50 bytes a message, 40 a call; a million messages take some seconds. */
export async function gatherFacts({
  rows,
  read,
  thresholds,
  now,
  from = Number.NEGATIVE_INFINITY,
  own,
  pause,
}: FactsInput): Promise<Facts> {
  const refs = createRefs();
  const [messages, attempts, calls, state, settings] = [
    createMessageFacts(refs),
    createAttemptFacts(refs),
    createCallFacts(refs),
    createStateFacts(refs, from),
    createSettingFacts(refs),
  ];
  const seen = new Set(read);
  for await (const row of rows) {
    seen.add(row.source);
    if (row.source === 'messages') messages.add(row);
    else if (row.source === 'attempts') attempts.add(row);
    else if (row.source === 'calls') calls.add(row);
    else {
      state.add(row);
      settings.add(row);
    }
  }
  const counted = { messages: messages.done(), attempts: attempts.done(), calls: calls.done(), state: state.done() };
  const texts = suspectTemplates(counted.messages, counted.state.webhookHosts, thresholds);
  const suspects = texts.filter(({ last }) => last >= from);
  const phishing = suspects.filter((each) => suspicion(each) === 'critical' || suspicion(each) === 'warning');
  const all = await findSurges(counted.messages, counted.attempts, thresholds.pumping.leastSurge, pause);
  const surges = all.filter(({ last }) => last >= from);
  return {
    thresholds,
    now,
    from,
    read: seen,
    ...counted,
    settings: settings.done(),
    surges: markTexts(surges, counted.messages, new Set(phishing.map(({ number }) => number))),
    takeover: findTakeover(counted.state.events, thresholds, from, own),
    ...(own && { own }),
    suspects,
    ref: refs.text,
  };
}
