import { fraudCodes } from '../model/fraudCodes.ts';
import { securityMeaning } from '../model/securityEvents.ts';
import { correctiveActions } from './correctiveActions.ts';
import { citationText } from './document.ts';
import type { EvidenceFacts } from './facts.ts';
import { utcMinute } from './formats.ts';
import type { TimelineEntry } from './timelineEntry.ts';
import type { Verdict } from './verdict.ts';

/** What can be asked about in a document: under the cursor, or offered while writing. Texts may be hostile. */
export interface HelpSources {
  readonly accounts: readonly { readonly sid: string; readonly name: string }[];
  readonly evidence: EvidenceFacts | undefined;
  /** Everything the journal tells, with its `J` numbers. */
  readonly records: readonly TimelineEntry[];
  /** What the indicators found, with the messages and calls they rest on. */
  readonly verdict?: Verdict;
}

/** Something that can be written. `insert` holds our own words, ids and names made inert by whoever shows it. */
export interface Suggestion {
  readonly kind: 'evidence' | 'record' | 'account' | 'action' | 'snippet';
  readonly label: string;
  /** What is between `‹` and `›` is to be filled in. */
  readonly insert: string;
  /** May hold hostile text. */
  readonly detail: string;
}

/** Evidence files, journal records, what indicators found, accounts and other SIDs, and corrective actions. */
export function suggestions({ accounts, evidence, records, verdict }: HelpSources): readonly Suggestion[] {
  return [
    ...(evidence?.files ?? []).map(
      ({ id, file, rows }): Suggestion => ({
        kind: 'evidence',
        label: id,
        insert: `(${id})`,
        detail: `${file}, ${rows} rows`,
      }),
    ),
    ...records.flatMap(({ at, what, about = [], citations: [id] }): readonly Suggestion[] =>
      id === undefined
        ? []
        : [{ kind: 'record', label: id, insert: `(${id})`, detail: [`${utcMinute(at)} ${what}`, ...about].join(' ') }],
    ),
    ...found(verdict),
    ...accounts.map(
      ({ sid, name }): Suggestion => ({ kind: 'account', label: sid, insert: `\`${sid}\``, detail: name }),
    ),
    ...correctiveActions.map(
      ({ title }): Suggestion => ({ kind: 'action', label: title, insert: title, detail: 'Corrective action' }),
    ),
    ...snippets,
  ];
}

function found({ hits = [] }: Partial<Verdict> = {}): readonly Suggestion[] {
  const examples = new Map(hits.flatMap(({ examples: own = [] }) => own.map((one) => [one.sid, one])));
  return [
    ...hits.flatMap(({ id, title, citations }): readonly Suggestion[] => {
      const cited = citationText(citations);
      return cited === '–' ? [] : [{ kind: 'record', label: id, insert: `(${cited})`, detail: title }];
    }),
    ...[...examples.values()].map(({ sid, citation }): Suggestion => {
      const detail = kinds[sid.slice(0, 2)] ?? 'Resource';
      const insert = citation === undefined ? `\`${sid}\`` : `\`${sid}\` (${citation})`;
      return { kind: 'account', label: sid, insert, detail };
    }),
  ].filter(({ label }) => /^(?:[PTAS]\d|[A-Z]{2}[0-9a-fA-F]{32})$/.test(label));
}

const snippets: readonly Suggestion[] = [
  {
    kind: 'snippet',
    label: 'timeline row',
    insert: '| ‹2026-11-21 03:14› UTC | ‹what happened› | ‹E1› |',
    detail: 'A row of a timeline',
  },
  {
    kind: 'snippet',
    label: 'action row',
    insert: '| ‹action› | ‹because of› | ‹owner› | ‹2026-12-01› |',
    detail: 'A row of corrective actions',
  },
  {
    kind: 'snippet',
    label: 'five whys',
    insert: '1. ‹Why could it happen?›\n2. ‹Why?›\n3. ‹Why?›\n4. ‹Why?›\n5. ‹Why?›',
    detail: 'From what happened to what can be changed',
  },
];

const kinds: Readonly<Record<string, string>> = {
  AC: 'Account',
  AE: 'Audit event',
  AP: 'TwiML app',
  CA: 'Call',
  IS: 'Sync service',
  MG: 'Messaging service',
  MM: 'Message with media',
  NO: 'Alert',
  PN: 'Phone number',
  RE: 'Recording',
  SK: 'API key',
  SM: 'Message',
  TR: 'Transcription',
  US: 'User',
  UT: 'Usage trigger',
  VA: 'Verify service',
  VE: 'Verification',
};

/** What a word of a document is: a SID, an event type, an error code, or a piece of evidence. Sentences; may hold hostile text. */
export function explain(word: string, { accounts, evidence, records }: HelpSources): readonly string[] | undefined {
  const [, prefix = ''] = /^([A-Z]{2})[0-9a-fA-F]{32}$/.exec(word) ?? [];
  if (prefix !== '') {
    const name = accounts.find(({ sid }) => sid === word)?.name;
    return [`${kinds[prefix] ?? 'Resource'} of Twilio.`, ...(name === undefined ? [] : [`Called ${name}.`])];
  }
  const code = fraudCodes.get(Number(word));
  if (/^\d{5}$/.test(word) && code) return [`Error ${word}: ${code.title}.`, code.meaning, `What to do: ${code.todo}`];
  const meaning = /^[a-z][a-z-]*\.[a-z-]+$/.test(word) ? securityMeaning(word) : undefined;
  if (meaning) return [`${meaning.title}.`, 'An event of Twilio’s audit log.'];
  const [, id = ''] = /^([EJ]\d+)(?::\d+)?$/.exec(word) ?? [];
  const file = evidence?.files.find((one) => one.id === id);
  if (file) return [`${file.file}, ${file.rows} rows.`, `SHA-256 ${file.sha256}.`];
  const record = records.find(({ citations }) => citations.includes(id));
  return record && [`${utcMinute(record.at)}: ${[record.what, ...(record.about ?? [])].join(' ')}.`];
}

/** What `explain` is asked about. */
export const word =
  /[A-Z]{2}[0-9a-fA-F]{32}|[EJ][1-9]\d{0,8}(?::\d{1,9})?|(?<![a-z-])[a-z][a-z-]{0,40}\.[a-z-]{1,40}|\b\d{5}\b/;
