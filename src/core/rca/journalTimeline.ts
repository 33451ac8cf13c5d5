import { importOf } from '../evidence/importRecord.ts';
import type { ChainRecord } from '../evidence/record.ts';
import { deletedImport } from '../evidence/recordedImports.ts';
import { isProven } from '../evidence/seal.ts';
import { rowsText } from '../incidentView/coverageText.ts';
import { instantOf, numberOf, textOf } from '../model/json.ts';
import type { Lane, TimelineEntry } from './timelineEntry.ts';

type Told = { readonly lane: Lane; readonly what: string; readonly about?: readonly string[] };

/** What a journal tells beside containment: when the incident was opened, Support contacts, notes, evidence and its status. */
export function journalTimeline(records: readonly ChainRecord[]): readonly TimelineEntry[] {
  return records.flatMap((record): readonly TimelineEntry[] => {
    // A journal may be somebody else's: `constructor` is no type.
    const told = Object.hasOwn(tellers, record.type) ? tellers[record.type]?.(record) : undefined;
    const at = instantOf(record, 'happened') ?? instantOf(record, 'at');
    return told && at !== undefined ? [{ at, ...told, citations: [`J${record.seq}`] }] : [];
  });
}

const tellers: Readonly<Record<string, (record: ChainRecord) => Told | undefined>> = {
  journal: () => ({ lane: 'Record', what: 'Investigation opened, journal begins' }),
  collection: () => ({ lane: 'Record', what: 'Collecting evidence begins' }),
  import: (record) => {
    const log = importOf(record);
    if (!log) return undefined;
    const what = log.refused === undefined ? 'Logs imported from a file:' : 'File refused that was to be imported:';
    return { lane: 'Record', what, about: [log.file, ...(log.refused === undefined ? [rowsText(log.rows)] : [])] };
  },
  'evidence-deleted': (record) => {
    const only = deletedImport(record);
    return only
      ? { lane: 'Record', what: 'Import taken out on purpose', about: [only.file] }
      : { lane: 'Record', what: 'Evidence deleted on purpose' };
  },
  window: (record) => ({
    lane: 'Record',
    what: 'Incident window set',
    about: [`${textOf(record, 'from') ?? '?'} to ${textOf(record, 'to') ?? '?'}`],
  }),
  status: (record) => ({ lane: 'Record', what: 'Incident status set', about: [textOf(record, 'to') ?? ''] }),
  'document-numbers': (record) => ({
    lane: 'Record',
    what: textOf(record, 'to') === 'whole' ? 'Phone numbers unmasked in' : 'Phone numbers masked again in',
    about: [textOf(record, 'name') ?? '', textOf(record, 'reason') ?? ''].filter((part) => part !== ''),
  }),
  'console-step': (record) => ({
    lane: 'Containment',
    what: isProven(record)
      ? `Done in the Console, ${record['event'] === undefined ? 'as told' : 'confirmed by Twilio'}:`
      : 'Done in the Console, unproven (not sealed on this computer):',
    about: [textOf(record, 'name') ?? '', textOf(record, 'note') ?? ''].filter((part) => part !== ''),
  }),
  'evidence-first': (record) => ({
    lane: 'Record',
    what: `${firsts.get(textOf(record, 'result') ?? '') ?? 'Evidence before containment'}${record['late'] === true ? ', written while it went on' : ''}`,
  }),
  'rca-status': (record) => ({ lane: 'Record', what: 'RCA status set', about: [textOf(record, 'to') ?? ''] }),
  adopted: (record) => ({
    lane: 'Record',
    what: 'Continued on another computer, unproven what was recorded before:',
    about: [`${numberOf(record, 'others') ?? 0} of ${numberOf(record, 'records') ?? 0} records`],
  }),
  'support-contact': (record) => ({
    lane: 'Support',
    what: 'Twilio Support contacted',
    ...about(textOf(record, 'ticket') ?? textOf(record, 'note')),
  }),
  note: (record) => ({
    lane: 'Notes',
    what: noted.get(textOf(record, 'kind') ?? '') ?? 'Note:',
    ...about(textOf(record, 'text')),
  }),
};

const firsts: ReadonlyMap<string, string> = new Map([
  ['captured', 'Evidence captured before containment'],
  ['partly', 'Evidence captured before containment, in part'],
  ['skipped', 'No evidence captured before containment'],
  ['writing', 'Evidence was still being written when containment went on; its own record follows'],
]);

const noted: ReadonlyMap<string, string> = new Map([
  ['detection', 'Detected:'],
  ['decision', 'Decided:'],
]);

function about(words: string | undefined): Partial<Told> {
  return words === undefined || words === '' ? {} : { about: [words] };
}
