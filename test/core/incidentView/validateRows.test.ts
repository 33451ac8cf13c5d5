import { describe, expect, test } from 'vitest';
import type { IncidentFacts } from '../../../src/core/incidentView/facts.ts';
import { incidentRows } from '../../../src/core/incidentView/incidentRows.ts';
import { leverStates } from '../../../src/core/incidentView/leverStates.ts';
import type { IncidentRow } from '../../../src/core/incidentView/row.ts';
import { commands } from '../../../src/core/manifest/commands.ts';
import type { JournalEntry } from '../../../src/core/ports.ts';
import { actions } from '../../../src/core/registry.ts';
import type { RecordedValidation } from '../../../src/core/validate/validationRecord.ts';
import { signal, someChecked } from '../validate/checkedCases.ts';
import { coverage, hour, noon, someFacts } from './facts.ts';
import { journal } from './journal.ts';

function validation(changes: Partial<RecordedValidation> = {}): RecordedValidation {
  return {
    ...someChecked(),
    sentence: 'Account takeover: likely.',
    at: noon,
    seq: 9,
    outdated: false,
    recorded: true,
    ...changes,
  };
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
    expect(row?.description).toBe('1 likely · 1 confirmed');
    expect(row?.children?.map(({ label, description, tone }) => [label, description?.split(' · ')[0], tone])).toEqual([
      ['Account takeover first', expect.stringMatching(/^Sanitize /), 'bad'],
      ['Account takeover', 'likely', 'bad'],
      ['SMS pumping', 'confirmed', 'bad'],
      ['Smishing or vishing', 'unlikely', 'good'],
      ['Toll fraud', 'cannot tell', undefined],
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
    expect(type?.description).toBe('confirmed · 2 hits · 1 clean · 2 open · since 1970-01-01 00:00 UTC');
    expect(type?.children?.map(({ label, icon, tone }) => [label, icon, tone])).toEqual([
      ['P2 High-risk countries', 'error', 'bad'],
      ['P5 Conversion collapses', 'info', undefined],
      ['P3 New accounts, sequences', 'question', undefined],
      ['P4 Many requests of one IP', 'eye-closed', undefined],
      ['P1 Rise in volume and cost', 'pass', 'good'],
    ]);
    const hit = find('validate/sms-pumping/P2');
    expect(hit?.description).toBe('hit · Russia: 300 messages');
    expect(hit?.facts).toEqual([
      { name: 'State', value: 'hit, critical' },
      { name: 'First', value: { at: noon } },
      { name: 'Last', value: { at: noon + 60_000 } },
    ]);
    expect([hit?.abilities, hit?.consolePath]).toEqual([undefined, undefined]);
    expect(find('validate/sms-pumping/P4')).toMatchObject({
      abilities: ['openInConsole'],
      consolePath: users.consolePath,
      sentences: ['Countries.', 'Russia: 300 messages', 'Ask them.'],
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
    const newer = shown({ validation: validation({ newerThan: noon }) });
    expect(newer('validate')?.description).not.toContain('out of date');
    expect(newer('validate/newer')).toMatchObject({
      description:
        'Judged on what was collected until 2026-11-21 12:00 UTC; newer rows exist. Click to validate again.',
      runs: 'validate',
    });
    expect(newer('validate/newer')?.tone).toBeUndefined();
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

  test('has below each indicator what it rests on: what it is, when, its SID, and a click that shows it', () => {
    const ref = 'evidence/messages-0003.jsonl.gz:17';
    const event = 'evidence/events-0001.jsonl.gz:4';
    const results = [signal({ evidence: [ref, 'AE1', event, 'AC2', 'evidence/calls-0001.jsonl.gz:9'] })];
    const cited = [
      { ref, sid: 'SM17', at: noon },
      { ref: event, sid: 'AE1', at: noon - hour },
    ];
    const rows = shown({ validation: validation({ results, cited }) })('validate/sms-pumping/P2')?.children;
    expect(rows?.map(({ label, description }) => `${label}: ${description}`)).toEqual([
      'Message: 2026-11-21 12:00 UTC · SM17',
      'Security event: 2026-11-21 11:00 UTC · AE1',
      'Account: AC2',
      'Call: evidence/calls-0001.jsonl.gz:9',
    ]);
    expect(rows?.map(({ evidence, clicks }) => [evidence, clicks])).toEqual([
      [ref, 'openEvidence'],
      [event, 'openEvidence'],
      [undefined, 'openInConsole'],
      ['evidence/calls-0001.jsonl.gz:9', 'openEvidence'],
    ]);
    expect(rows?.every(({ abilities, clicks }) => abilities?.some((one) => one === clicks))).toBe(true);
  });

  test('lists who was in the account, new ones with what they did, by network', () => {
    const address = { origin: 'known', first: noon - hour, last: noon, events: 3, web: 3, api: 0, deeds: 0 } as const;
    const addresses = [
      { ...address, ip: '203.0.113.42', origin: 'new', api: 2, web: 0, events: 2, deeds: 1 } as const,
      { ...address, ip: '198.51.100.7' },
      { ...address, ip: '198.51.100.9', events: 1, web: 1 },
      { ...address, ip: '2001:db8:1::7' },
    ];
    const find = shown({ validation: validation({ addresses }) });
    expect(find('validate/addresses')?.description).toBe('1 new of 4 in the audit log');
    expect(find('validate/addresses')?.children?.map(({ label, tone }) => [label, tone])).toEqual([
      ['203.0.113.42', 'warning'],
      ['198.51.100.0/24', undefined],
      ['2001:db8:1::7', undefined],
    ]);
    expect(find('validate/address/203.0.113.42')?.description).toBe(
      'new · since 2026-11-21 11:00 UTC · 2 events (2 by API) · 1 security-relevant',
    );
    expect(find('validate/addresses/198.51.100.0/24')?.children).toHaveLength(2);
    expect(shown({ validation: validation() })('validate/addresses')).toBeUndefined();
    // As many as are recorded at most: there may have been more.
    const many = Array.from(
      { length: 60 },
      (_, i) => ({ ...addresses[0], ip: `192.0.2.${i}` }) as (typeof addresses)[0],
    );
    const told = shown({ validation: validation({ addresses: many }) })('validate/addresses')?.description;
    expect(told).toContain('there may be more');
  });

  test('says when it was judged by other thresholds, and when nothing but this window knows it', () => {
    const changed = [{ name: 'pumping.blocks.warning', value: 9, usual: 3 }];
    const find = shown({ validation: validation({ changed, recorded: false }), readOnly: 'The journal is damaged.' });
    expect(find('validate/thresholds')?.description).toBe('pumping.blocks.warning 9 (usually 3)');
    expect(find('validate/unrecorded')?.description).toContain('The journal is damaged.');
    const usual = shown({ validation: validation() });
    expect([usual('validate/thresholds'), usual('validate/unrecorded')]).toEqual([undefined, undefined]);
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
  const done = (...ids: readonly string[]): IncidentFacts['levers'] =>
    new Map(ids.map((id) => [id, { state: 'done', at: noon, targets: ['it'] }]));
  const both = done('rotateAuthToken', 'deleteApiKey');
  const written = ['RCA.md', 'support-packet.md'];
  const lacking = [{ code: 'a', severity: 'information', message: 'Not answered.', count: 2 }] as const;

  test.each<[string, Partial<IncidentFacts>, IncidentRow['runs']]>([
    ['collects first', { coverage: [nothing] }, 'collectEvidence'],
    ['continues what was cut off', { unfinished: true }, 'collectEvidence'],
    ['then validates', {}, 'validate'],
    ['sanitizes the account before it counters traffic', { validation: validation() }, 'rotateAuthToken'],
    ['goes on with the keys', { validation: validation(), levers: done('rotateAuthToken') }, 'deleteApiKey'],
    ['counters the traffic then', { validation: validation(), levers: both }, 'closeSmsCountry'],
    ['counters the traffic at once without a takeover', { validation: pumping }, 'closeSmsCountry'],
    ['validates again', { validation: { ...quiet, outdated: true } }, 'validate'],
    ['writes the RCA', { validation: pumping, levers: done('closeSmsCountry') }, 'createRca'],
    [
      'writes to Support',
      { validation: pumping, levers: done('closeSmsCountry'), documents: ['RCA.md'] },
      'createSupportPacket',
    ],
    [
      'tells Support',
      { validation: pumping, levers: done('closeSmsCountry'), documents: written, rcaFindings: lacking },
      'logSupportContact',
    ],
    [
      'is none when all is done',
      { validation: pumping, levers: done('closeSmsCountry'), documents: written, contacts: 1 },
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
    ['judges also what can only be looked at', { readOnly: 'Damaged.' }, 'validate'],
    ['is none where nothing can be written', { readOnly: 'Damaged.', validation: validation() }, undefined],
    ['is none where nothing can be written nor judged', { readOnly: 'Damaged.', coverage: [nothing] }, undefined],
  ])('%s', (_what, changes, runs) => {
    expect(next(changes)).toBe(runs);
    expect([undefined, ...Object.keys(commands), ...actions.map(({ id }) => id)]).toContain(runs);
  });

  test('opens the RCA while something is missing in it', () => {
    const of = { validation: pumping, levers: done('closeSmsCountry'), documents: written, contacts: 1 };
    expect(shown({ ...of, rcaFindings: lacking })('next')).toMatchObject({
      label: 'Next: Complete the RCA',
      description: '2 things are missing in it.',
      file: 'RCA.md',
      abilities: ['openIncidentFile'],
    });
  });

  test('sanitizes the account first also where a takeover is only possible', () => {
    const verdicts = [{ type: 'account-takeover', grade: 'possible', sentence: '' } as const, ...pumping.verdicts];
    expect(next({ validation: validation({ verdicts }) })).toBe('rotateAuthToken');
  });
});

describe('a lever', () => {
  const outcome = (action: string, result: string, target = 'AC1') => ({
    type: 'outcome',
    action,
    result,
    target,
    name: `name of ${target}`,
  });
  const levers = [{ id: 'closeSmsCountry', undo: { actionId: 'openSmsCountry' } }, { id: 'openSmsCountry' }];
  const states = (...entries: readonly JournalEntry[]) =>
    [...leverStates(journal(...entries), levers)].map(([id, { state }]) => `${id} ${state}`);

  test('stands as the last word on it: done until it is undone, and never for what was refused or is not known', () => {
    expect(states(outcome('closeSmsCountry', 'refused'), outcome('deleteApiKey', 'unknown'))).toEqual([
      'closeSmsCountry refused',
      'deleteApiKey unclear',
    ]);
    expect(states({ ...outcome('deleteApiKey', 'already'), type: 'earlier' })).toEqual(['deleteApiKey done']);
    expect(states(outcome('closeSmsCountry', 'refused'), outcome('closeSmsCountry', 'done'))).toEqual([
      'closeSmsCountry done',
    ]);
    expect(states(outcome('closeSmsCountry', 'done'), outcome('openSmsCountry', 'done'))).toEqual([
      'closeSmsCountry undone',
      'openSmsCountry done',
    ]);
    expect(states(outcome('closeSmsCountry', 'not-tried'))).toEqual([]);
  });

  test('is unclear as long as the end is not known for one of its things, whatever was done to others', () => {
    const entries = [outcome('closeSmsCountry', 'unknown', 'RU'), outcome('closeSmsCountry', 'done', 'UZ')];
    expect(states(...entries)).toEqual(['closeSmsCountry unclear']);
    expect(states(...entries, outcome('closeSmsCountry', 'done', 'RU'))).toEqual(['closeSmsCountry done']);
  });

  test('tells what it was refused for beside what it was done for', () => {
    const entries = [outcome('closeSmsCountry', 'done', 'RU'), outcome('closeSmsCountry', 'refused', 'NG')];
    const [, state] = [...leverStates(journal(...entries), levers)][0] ?? [];
    expect(state).toMatchObject({ state: 'partly', targets: ['name of RU'], refused: ['name of NG'] });
  });

  test('is unproven where only a record says so that this computer did not seal, which says nothing against one that it did', () => {
    const of = (...entries: readonly JournalEntry[]) => {
      const records = journal(...entries).map((record) =>
        record['plan'] === 'forged' ? { ...record, unsealed: true } : record,
      );
      return leverStates(records, levers).get('closeSmsCountry');
    };
    const forged = (result: string, target?: string) => ({
      ...outcome('closeSmsCountry', result, target),
      plan: 'forged',
    });
    expect(of(forged('done'))).toMatchObject({ state: 'unproven', targets: ['name of AC1'] });
    expect(of(outcome('closeSmsCountry', 'refused'), forged('done'))?.state).toBe('refused');
    expect(of(forged('done'), outcome('closeSmsCountry', 'done'))?.state).toBe('done');
    expect(of(outcome('closeSmsCountry', 'done'), forged('done', 'UZ'))).toMatchObject({
      state: 'done',
      unproven: ['name of UZ'],
    });
    const undone = { ...forged('done'), action: 'openSmsCountry' };
    expect(of(outcome('closeSmsCountry', 'done'), undone)?.state).toBe('done');
  });

  test('is undone only for the thing it was undone for', () => {
    const entries = [outcome('closeSmsCountry', 'done', 'RU'), outcome('closeSmsCountry', 'done', 'UZ')];
    const [, state] = [...leverStates(journal(...entries, outcome('openSmsCountry', 'done', 'RU')), levers)][0] ?? [];
    expect(state).toEqual({ state: 'done', at: noon + 60_000, targets: ['name of UZ'] });
  });
});
