import { lineOf } from '../evidence/lineRef.ts';
import type { SourceId } from '../evidence/source.ts';
import { utc } from '../model/age.ts';
import type { CheckedSignal, CitedRow } from '../validate/checked.ts';
import type { IncidentRow } from './row.ts';

interface Thing {
  readonly name: string;
  readonly icon: string;
  /** Where the Console lists it, below https://console.twilio.com/. */
  readonly consolePath?: string;
}

const things: Partial<Readonly<Record<SourceId, Thing>>> = {
  events: { name: 'Security event', icon: 'shield', consolePath: 'us1/monitor/insights/audit' },
  alerts: { name: 'Alert', icon: 'bell', consolePath: 'us1/monitor/logs/debugger/errors' },
  attempts: { name: 'Verify attempt', icon: 'verified' },
  messages: { name: 'Message', icon: 'comment', consolePath: 'us1/monitor/logs/sms' },
  calls: { name: 'Call', icon: 'call-outgoing', consolePath: 'us1/monitor/logs/calls' },
  accounts: { name: 'Account', icon: 'account', consolePath: 'us1/account/manage-account/subaccounts' },
  keys: { name: 'API key', icon: 'key', consolePath: 'us1/account/keys-credentials/api-keys' },
  numbers: { name: 'Phone number', icon: 'device-mobile', consolePath: 'us1/develop/phone-numbers/manage/incoming' },
};
/** What a SID's first letters stand for, for evidence that no captured line tells of. */
const prefixes: Readonly<Record<string, SourceId>> = {
  AE: 'events',
  NO: 'alerts',
  SM: 'messages',
  MM: 'messages',
  CA: 'calls',
  AC: 'accounts',
  SK: 'keys',
  PN: 'numbers',
};
const other: Thing = { name: 'Evidence', icon: 'file-binary' };

/** What an indicator rests on, a row each: what it is, when, and its SID; a click shows the captured row, or the Console where there is none. */
export function citedEvidence(
  parent: string,
  { evidence }: Pick<CheckedSignal, 'evidence'>,
  cited: readonly CitedRow[],
): readonly IncidentRow[] {
  const known = new Map(cited.map((row) => [row.ref, row]));
  const told = new Set(evidence.flatMap((ref) => known.get(ref)?.sid ?? []));
  // A SID whose captured line is named as well is one piece of evidence.
  return evidence.flatMap((ref) => (told.has(ref) ? [] : [rowOf(parent, ref, known.get(ref))]));
}

function rowOf(parent: string, ref: string, known: CitedRow | undefined): IncidentRow {
  const line = lineOf(ref);
  const sid = known?.sid ?? (line ? undefined : ref);
  const { name, icon, consolePath } =
    (line ? things[sourceOf(line.file)] : things[prefixes[ref.slice(0, 2)] ?? 'prices']) ?? other;
  const when = known?.at === undefined ? [] : [utc(known.at)];
  return {
    id: `${parent}/${ref}`,
    label: name,
    description: [...when, sid ?? ref].join(' · '),
    icon,
    facts: [
      ...(known?.at === undefined ? [] : [{ name: 'Time', value: { at: known.at } }]),
      ...(sid === undefined ? [] : [{ name: 'SID', value: sid }]),
      ...(line ? [{ name: 'Captured in', value: ref }] : []),
    ],
    abilities: [...(line ? (['openEvidence'] as const) : []), ...(consolePath ? (['openInConsole'] as const) : [])],
    ...(line && { evidence: ref, clicks: 'openEvidence' as const }),
    ...(consolePath !== undefined && { consolePath }),
    ...(!line && consolePath !== undefined && { clicks: 'openInConsole' as const }),
  };
}

/** `evidence/messages-0003.jsonl.gz` is of `messages`. */
function sourceOf(file: string): SourceId {
  return file.replace(/^evidence\//, '').replace(/-\d+\.jsonl\.gz$/, '') as SourceId;
}
