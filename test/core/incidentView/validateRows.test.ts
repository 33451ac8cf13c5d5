import { describe, expect, test } from 'vitest';
import type { IncidentFacts } from '../../../src/core/incidentView/facts.ts';
import { incidentRows } from '../../../src/core/incidentView/incidentRows.ts';
import { leversDone } from '../../../src/core/incidentView/leversDone.ts';
import type { IncidentRow } from '../../../src/core/incidentView/row.ts';
import { commands } from '../../../src/core/manifest/commands.ts';
import type { JournalEntry } from '../../../src/core/ports.ts';
import { actions } from '../../../src/core/registry.ts';
import type { RecordedValidation } from '../../../src/core/validate/validationRecord.ts';
import { signal, someChecked } from '../validate/checkedCases.ts';
import { coverage, hour, noon, someFacts } from './facts.ts';
import { journal } from './journal.ts';

function validation(changes: Partial<RecordedValidation> = {}): RecordedValidation {
  return { ...someChecked(), sentence: 'Account takeover: likely.', at: noon, seq: 9, outdated: false, ...changes };
}

function all(rows: readonly IncidentRow[]): readonly IncidentRow[] {
  return rows.flatMap((row) => [row, ...all(row.children ?? [])]);
}

function shown(changes: Partial<IncidentFacts> = {}) {
  const rows = all(incidentRows(someFacts(changes)));
  return (id: string) => rows.find((row) => row.id === id);
}

const nothing = coverage({ state: 'not collected', why: ['It has not been collected.'], rows: 0 });
const users = { where: 'Console › Admin › Users', consolePath: 'us1/account/manage-users', what: 'Ask them.' };

describe('the section Validate', () => {
  test('is not there before anything was collected, and validates at a click afterwards', () => {
    expect(shown({ coverage: [nothing] })('validate')).toBeUndefined();
    expect(shown()('validate')).toMatchObject({ description: 'not validated yet', runs: 'validate' });
    const busy = shown({ validating: true })('validate');
    expect([busy?.description, busy?.runs]).toEqual(['being validated…', undefined]);
  });

  test('grades each type in the order to act in, and says why a takeover comes first', () => {
    const row = shown({ validation: validation() })('validate');
    expect(row?.description).toBe('Account takeover: likely · SMS pumping: confirmed');
    expect(row?.children?.map(({ label, tone }) => [label, tone])).toEqual([
      ['Account takeover first', 'bad'],
      ['Account takeover: likely', 'bad'],
      ['SMS pumping: confirmed', 'bad'],
      ['Smishing or vishing: unlikely', 'good'],
      ['Toll fraud: cannot tell', undefined],
    ]);
    const traffic = shown({ validation: validation({ first: 'counter the traffic' }) });
    expect(traffic('validate/first')).toBeUndefined();
  });

  test('tells each indicator in words and with an icon of its state, hits first, and where a person looks', () => {
    const results = [
      signal({ id: 'P1', state: 'clean' }),
      signal({ id: 'P3', state: 'not enough data' }),
      signal({ id: 'P4', state: 'not visible by API', check: users }),
      signal({ id: 'P5', severity: 'notice' }),
      signal({ first: noon, last: noon + 60_000 }),
    ];
    const find = shown({ validation: validation({ results }) });
    const type = find('validate/sms-pumping');
    expect(type?.description).toBe('2 hits · 1 clean · 2 open · since 1970-01-01 00:00 UTC');
    expect(type?.children?.map(({ label, icon, tone }) => [label, icon, tone])).toEqual([
      ['P2 Countries', 'error', 'bad'],
      ['P5 Countries', 'info', undefined],
      ['P3 Countries', 'question', undefined],
      ['P4 Countries', 'eye-closed', undefined],
      ['P1 Countries', 'pass', 'good'],
    ]);
    const hit = find('validate/sms-pumping/P2');
    expect(hit?.description).toBe('hit · Russia: 300 messages');
    expect(hit?.facts).toEqual([
      { name: 'State', value: 'hit, critical' },
      { name: 'First', value: { at: noon } },
      { name: 'Last', value: { at: noon + 60_000 } },
      { name: 'Evidence', value: 'evidence/messages-0003.jsonl.gz:17, SM1' },
    ]);
    expect([hit?.abilities, hit?.consolePath]).toEqual([undefined, undefined]);
    expect(find('validate/sms-pumping/P4')).toMatchObject({
      abilities: ['openInConsole'],
      consolePath: users.consolePath,
      sentences: ['Russia: 300 messages', 'Ask them.'],
    });
  });

  test('never shows as plainly clean what was judged by part of the evidence', () => {
    const results = [signal({ state: 'clean', incomplete: ['messages'] })];
    const gaps = Array.from({ length: 14 }, (_, index) => `Gap ${index}.`);
    const find = shown({ validation: validation({ results, incomplete: gaps }) });
    const row = find('validate/sms-pumping/P2');
    expect(row?.description).toMatch(/^clean in what was collected · /);
    expect(row?.tone).toBeUndefined();
    expect(find('validate/incomplete')?.sentences?.at(-1)).toMatch(/^And 2 more; /);
    expect(find('validate/incomplete')?.description).toMatch(/^14 gaps/);
  });

  test('says when it is out of date, and what would settle more', () => {
    const settle = ['Collecting calls would settle T1.', 'P4: Your logs.'];
    const find = shown({ validation: validation({ outdated: true, settle }) });
    expect(find('validate')?.description).toMatch(/^out of date · /);
    expect(find('validate/outdated')).toMatchObject({ runs: 'validate', tone: 'warning' });
    expect(find('validate/settle')?.children?.map(({ label }) => label)).toEqual(settle);
    expect(shown({ validation: validation() })('validate/outdated')).toBeUndefined();
  });

  test('says when the window is too short to tell what is usual, which collecting again would not change', () => {
    const days = (length: number) => ({ from: noon - length * 24 * hour, to: noon });
    const short = (length: number, state: 'clean' | 'not enough data') =>
      shown({ validation: validation({ results: [signal({ id: 'T1', state })] }), window: days(length) })(
        'validate/short',
      );
    expect(short(7, 'not enough data')).toMatchObject({
      runs: 'startIncident',
      description: expect.stringContaining('T1'),
    });
    expect([short(30, 'not enough data'), short(7, 'clean')]).toEqual([undefined, undefined]);
  });

  test('has rows with ids of their own', () => {
    const results = [signal(), signal({ id: 'A1', type: 'account-takeover' })];
    const rows = all(incidentRows(someFacts({ validation: validation({ results, settle: ['a', 'b'] }) })));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });
});

describe('the next step', () => {
  const next = (changes: Partial<IncidentFacts>) => shown(changes)('next')?.runs;
  const pumping = validation({
    first: 'counter the traffic',
    verdicts: [{ type: 'sms-pumping', grade: 'confirmed', sentence: '' }],
  });
  const quiet = validation({ first: 'nothing', verdicts: [{ type: 'smishing', grade: 'unlikely', sentence: '' }] });
  const both = new Set(['rotateAuthToken', 'deleteApiKey']);
  const written = ['RCA.md', 'support-packet.md'];

  test.each<[string, Partial<IncidentFacts>, IncidentRow['runs']]>([
    ['collects first', { coverage: [nothing] }, 'collectEvidence'],
    ['continues what was cut off', { unfinished: true }, 'collectEvidence'],
    ['then validates', {}, 'validate'],
    ['sanitizes the account before it counters traffic', { validation: validation() }, 'rotateAuthToken'],
    ['goes on with the keys', { validation: validation(), done: new Set(['rotateAuthToken']) }, 'deleteApiKey'],
    ['counters the traffic then', { validation: validation(), done: both }, 'closeSmsCountry'],
    ['counters the traffic at once without a takeover', { validation: pumping }, 'closeSmsCountry'],
    ['validates again', { validation: { ...quiet, outdated: true } }, 'validate'],
    ['writes the RCA', { validation: pumping, done: new Set(['closeSmsCountry']) }, 'createRca'],
    [
      'writes to Support',
      { validation: pumping, done: new Set(['closeSmsCountry']), documents: ['RCA.md'] },
      'createSupportPacket',
    ],
    [
      'is none when all is done',
      { validation: pumping, done: new Set(['closeSmsCountry']), documents: written },
      undefined,
    ],
    ['is none in a quiet account', { validation: quiet }, undefined],
    [
      'collects what no verdict could be given on',
      {
        validation: validation({
          first: 'nothing',
          verdicts: [{ type: 'toll-fraud', grade: 'cannot tell', sentence: '' }],
        }),
        coverage: [coverage(), nothing],
      },
      'collectEvidence',
    ],
    ['is none while collecting', { collecting: true }, undefined],
    ['is none while validating', { validating: true }, undefined],
    ['is none where nothing can be written', { readOnly: 'Damaged.' }, undefined],
  ])('%s', (_what, changes, runs) => {
    expect(next(changes)).toBe(runs);
    expect([undefined, ...Object.keys(commands), ...actions.map(({ id }) => id)]).toContain(runs);
  });

  test('sanitizes the account first also where a takeover is only possible', () => {
    const verdicts = [{ type: 'account-takeover', grade: 'possible', sentence: '' } as const, ...pumping.verdicts];
    expect(next({ validation: validation({ verdicts }) })).toBe('rotateAuthToken');
  });
});

test('a lever counts as done until it is undone, and never for what was refused', () => {
  const outcome = (action: string, result: string) => ({ type: 'outcome', action, result });
  const levers = [{ id: 'closeSmsCountry', undo: { actionId: 'openSmsCountry' } }, { id: 'openSmsCountry' }];
  const done = (...entries: readonly JournalEntry[]) => [...leversDone(journal(...entries), levers)];
  expect(done(outcome('closeSmsCountry', 'refused'), outcome('deleteApiKey', 'unknown'))).toEqual([]);
  expect(done({ ...outcome('deleteApiKey', 'already'), type: 'earlier' })).toEqual(['deleteApiKey']);
  expect(done(outcome('closeSmsCountry', 'done'))).toEqual(['closeSmsCountry']);
  expect(done(outcome('closeSmsCountry', 'done'), outcome('openSmsCountry', 'done'))).toEqual(['openSmsCountry']);
});
