import { describe, expect, test } from 'vitest';
import { consoleSteps } from '../../../src/core/consoleStepRegistry.ts';
import { consoleStepStates } from '../../../src/core/contain/consoleStepRecord.ts';
import { incidentBadge } from '../../../src/core/incidentView/badge.ts';
import { documentFindings } from '../../../src/core/incidentView/documentFindings.ts';
import type { IncidentFacts } from '../../../src/core/incidentView/facts.ts';
import { incidentRows } from '../../../src/core/incidentView/incidentRows.ts';
import type { LeverState } from '../../../src/core/incidentView/leverStates.ts';
import type { IncidentRow } from '../../../src/core/incidentView/row.ts';
import { actions } from '../../../src/core/registry.ts';
import type { CheckedType } from '../../../src/core/validate/checked.ts';
import type { Extent, Scope } from '../../../src/core/validate/scope.ts';
import { someChecked } from '../validate/checkedCases.ts';
import { hour, main, noon, someFacts, sub } from './facts.ts';

const verdict = (type: CheckedType['type'], grade: CheckedType['grade']): CheckedType => ({
  type,
  grade,
  sentence: '',
});
const extent = (changes: Partial<Extent> = {}): Extent => ({
  count: 0,
  found: 0,
  minutes: 0,
  cost: 0,
  estimated: false,
  unpriced: 0,
  ...changes,
});
const scope: Scope = {
  accounts: [
    {
      account: sub,
      messages: extent({ count: 9000, found: 1200, cost: 240.5, estimated: true, unpriced: 3 }),
      attempts: extent({ count: 50, found: 40, cost: 2 }),
      calls: extent({ count: 10 }),
    },
    { account: main, messages: extent({ count: 100 }), attempts: extent(), calls: extent() },
  ],
  currency: 'USD',
  callCurrency: 'EUR',
  first: noon - 6 * hour,
  last: noon - hour,
};

function facts(verdicts: readonly CheckedType[], changes: Partial<IncidentFacts> = {}): IncidentFacts {
  const first = verdicts.some(({ type }) => type === 'account-takeover')
    ? 'sanitize the account'
    : 'counter the traffic';
  const validation = {
    ...someChecked({ verdicts, first, scope }),
    sentence: '',
    at: noon,
    seq: 9,
    outdated: false,
    recorded: true,
  };
  return someFacts({ validation, ...changes });
}

function row(id: string, of: IncidentFacts): IncidentRow | undefined {
  const all = (rows: readonly IncidentRow[]): readonly IncidentRow[] =>
    rows.flatMap((one) => [one, ...all(one.children ?? [])]);
  return all(incidentRows(of)).find((one) => one.id === id);
}

const state = (one: LeverState['state'], ...targets: readonly string[]): LeverState => ({
  state: one,
  at: noon,
  targets,
});
const takeover = verdict('account-takeover', 'confirmed');
const pumping = verdict('sms-pumping', 'likely');

describe('the five phases', () => {
  test('are all there at once, in the guide’s order, before and after anything was found', () => {
    const phases = (of: IncidentFacts) =>
      incidentRows(of).flatMap(({ id }) =>
        ['validate', 'engage', 'contain', 'analyze', 'diagnose'].includes(id) ? [id] : [],
      );
    const order = ['validate', 'engage', 'contain', 'analyze', 'diagnose'];
    expect(phases(someFacts())).toEqual(order);
    expect(phases(facts([takeover, pumping]))).toEqual(order);
    expect(phases(facts([takeover], { readOnly: 'Damaged.' }))).toEqual(order);
  });
});

describe('Contain', () => {
  const levers = (of: IncidentFacts) => row('contain', of)?.children?.map(({ runs }) => runs);

  test('offers what fits the verdict, the account before the traffic, each lever once', () => {
    const both = levers(facts([takeover, pumping, verdict('toll-fraud', 'likely')])) ?? [];
    expect(both.slice(0, 3)).toEqual(['rotateAuthToken', 'createReplacementKey', 'deleteApiKey']);
    expect(both.indexOf('closeSmsCountry')).toBeGreaterThan(both.indexOf('removeEventSink'));
    expect(new Set(both).size).toBe(both.length);
    expect(both).toContain('closeVoiceCountry');
    expect(levers(facts([verdict('toll-fraud', 'confirmed')]))).toEqual([
      'closeVoiceCountry',
      'suspendSubaccount',
      'endLiveCalls',
      'clearWebhooks',
      'contain',
    ]);
  });

  test('counters what is only possible with an account takeover alone, and waits for no verdict', () => {
    expect(levers(facts([verdict('sms-pumping', 'possible')]))).toEqual(['contain']);
    expect(levers(facts([verdict('account-takeover', 'possible')]))?.[0]).toBe('rotateAuthToken');
    expect(levers(someFacts())).toEqual(['contain']);
  });

  test('begins every lever by a command that exists', () => {
    const types = ['account-takeover', 'sms-pumping', 'toll-fraud', 'smishing'] as const;
    const runs = levers(facts(types.map((type) => verdict(type, 'confirmed')))) ?? [];
    expect(runs.filter((id) => id !== 'contain' && !actions.some((action) => action.id === id))).toEqual([]);
  });

  test('puts what only the Console can do where the guide has it, and a click guides there', () => {
    const states = consoleStepStates(consoleSteps, []);
    const told = states.map((one) => (one.step.id === 'verifyFraudGuard' ? { ...one, state: 'told' as const } : one));
    const ids = row('contain', facts([takeover, pumping], { consoleSteps: told }))?.children?.map(({ id }) => id) ?? [];
    const at = (id: string) => ids.indexOf(`contain/${id}`);
    expect(at('console/enforceTwoFactor')).toBe(at('deleteApiKey') + 1);
    expect(at('console/verifyFraudGuard')).toBeGreaterThan(at('closeSmsCountry'));
    expect(at('suspendSubaccount')).toBeGreaterThan(at('console/verifyFraudGuard'));
    expect(new Set(ids).size).toBe(ids.length);
    expect(row('contain/console/enforceTwoFactor', facts([takeover], { consoleSteps: told }))).toMatchObject({
      description: 'open · in the Console',
      clicks: 'consoleSteps',
      consoleStep: 'enforceTwoFactor',
    });
    expect(row('contain/console/verifyFraudGuard', facts([pumping], { consoleSteps: told }))?.icon).toBe('pass');
    const none = row('contain', facts([verdict('sms-pumping', 'unlikely')], { consoleSteps: told }))?.children;
    // What was done stays, whatever the verdict is now.
    expect(none?.map(({ id }) => id)).toEqual(['contain/console/verifyFraudGuard', 'contain/all']);
  });

  test('says of each lever how it stands and for what, and is done when all the guide asks for is', () => {
    const of = facts([takeover], {
      levers: new Map([
        ['rotateAuthToken', { ...state('partly', 'Acme'), refused: ['Shop'] }],
        ['deleteApiKey', state('refused', 'a', 'b', 'c', 'd')],
        ['resetWebhooks', state('undone', '+1')],
        ['removeEventSink', { ...state('unclear', 'sink'), done: ['other sink'] }],
        ['suspendSubaccount', state('unproven', 'Shop')],
      ]),
    });
    const told = (id: string) => [row(`contain/${id}`, of)?.description, row(`contain/${id}`, of)?.icon];
    expect(told('rotateAuthToken')).toEqual([
      '1 of 2 done 2026-11-21 12:00 UTC: Acme; left to do, refused: Shop',
      'pass-filled',
    ]);
    expect(row('contain/rotateAuthToken', of)?.sentences?.join(' ')).toMatch('Plan it again, or do it in the Console.');
    expect(told('suspendSubaccount')).toEqual(['unproven 2026-11-21 12:00 UTC: Shop', 'question']);
    expect(told('deleteApiKey')).toEqual(['refused 2026-11-21 12:00 UTC: a, b, c and 1 more', 'error']);
    expect(told('resetWebhooks')[1]).toBe('discard');
    expect(told('removeEventSink')).toEqual(['unclear 2026-11-21 12:00 UTC: sink; done: other sink', 'question']);
    expect(told('createReplacementKey')).toEqual(['open, where it applies', 'circle-large-outline']);
    expect(row('contain', of)).toMatchObject({
      // A webhook that was taken back is open no more, and told; a sink that nobody knows the end of is. What is done in part is not done.
      description: '0 of 4 actions done · 1 undone',
      tone: 'warning',
    });
    const all = new Map(['rotateAuthToken', 'deleteApiKey'].map((id) => [id, state('done', 'x')]));
    expect(row('contain', facts([takeover], { levers: all }))).toMatchObject({ icon: 'pass', tone: 'good' });
  });

  test('is done when the Console’s steps are, too, and counts what helped beyond what is always asked for', () => {
    const open = consoleStepStates(consoleSteps, []).filter(({ step }) => step.types.includes('sms-pumping'));
    const levers = new Map(['closeSmsCountry', 'suspendSubaccount'].map((id) => [id, state('done', 'x')]));
    const contain = (consoleSteps: IncidentFacts['consoleSteps'], known = levers) =>
      row('contain', facts([pumping], { levers: known, consoleSteps }));
    expect(open.length).toBeGreaterThan(1);
    expect(contain(open)).toMatchObject({
      description: `2 of 2 actions done · ${open.length} in Console`,
      tone: 'warning',
    });
    const told = open.map((one) => ({ ...one, state: 'told' as const }));
    expect(contain(told)).toMatchObject({
      description: `2 of 2 actions done · ${open.length} done in Console`,
      icon: 'pass',
    });
    expect(contain(told, new Map([['suspendSubaccount', state('done', 'x')]]))?.description).toMatch(
      /^1 of 2 actions done/,
    );
    // What was done stays told and counted where the verdict asks for it no more.
    const quiet = row('contain', facts([verdict('sms-pumping', 'unlikely')], { levers }));
    expect(quiet?.description).toBe('2 of 2 actions done');
    expect(quiet?.children?.map(({ id }) => id)).toEqual([
      'contain/closeSmsCountry',
      'contain/suspendSubaccount',
      'contain/all',
    ]);
  });

  test('puts the steps that are open on the view’s badge', () => {
    expect(incidentBadge(facts([takeover, pumping]))).toEqual({
      value: 3,
      tooltip: 'Account takeover: confirmed · SMS pumping: likely. 3 containment actions are open.',
    });
    const done = new Map(['closeSmsCountry'].map((id) => [id, state('done')]));
    expect(incidentBadge(facts([pumping], { levers: done }))).toBeUndefined();
    expect(incidentBadge(someFacts())).toBeUndefined();
  });
});

describe('Analyze', () => {
  test('tells accounts, volume, cost and window of what was found, and what of it is estimated', () => {
    const of = facts([pumping]);
    expect(row('analyze', of)?.description).toBe('USD 242.50 estimated · 1,200 messages, 40 Verify attempts');
    expect(row('analyze/window', of)?.description).toBe('11-21 06:00 to 11:00 UTC');
    expect(row('analyze/accounts', of)?.description).toBe('1 of 2');
    expect(row('analyze/accounts', of)?.children?.map(({ label }) => label)).toEqual(['Acme Pay']);
    expect(row('analyze/volume', of)?.facts).toEqual([
      { name: 'messages', value: '1,200 of 9,100' },
      { name: 'Verify attempts', value: '40 of 50' },
      { name: 'calls', value: '0 of 10' },
    ]);
    expect(row('analyze/cost', of)?.sentences).toEqual([
      expect.stringMatching(/^Estimated: /),
      '3 have no price yet and are not in it.',
    ]);
    expect(row('analyze/traffic', of)?.runs).toBe('showCollectedTraffic');
  });

  test('promises no number before there is one, and says when it is out of date', () => {
    expect(row('analyze', someFacts())).toMatchObject({
      description: 'counted by Validate',
      icon: 'circle-large-outline',
    });
    const { validation } = facts([pumping]);
    const outdated = someFacts({ validation: validation && { ...validation, outdated: true } });
    expect(row('analyze', outdated)?.description).toMatch(/^out of date · USD 242\.50/);
  });
});

describe('Diagnose and Engage', () => {
  const findings = [
    { code: 'unanswered-question', severity: 'information', message: 'Not answered yet.' },
    { code: 'live-url', severity: 'warning', message: 'This address can be clicked.' },
    { code: 'unanswered-question', severity: 'information', message: 'Not answered yet, too.' },
    { code: 'secret', severity: 'error', message: 'A secret.' },
  ] as const;

  test('begin the RCA, then say what is missing in it, the worst first, and open it at a click', () => {
    expect(row('diagnose', facts([pumping]))).toMatchObject({ runs: 'createRca', description: 'no RCA yet' });
    const rcaFindings = documentFindings(findings);
    const written = row('diagnose', facts([pumping], { documents: ['RCA.md'], rcaFindings }));
    expect(written).toMatchObject({ description: '4 things missing in RCA.md', file: 'RCA.md' });
    expect(written?.children?.map(({ label }) => label)).toEqual([
      '1× A secret.',
      '1× This address can be clicked.',
      '2× Not answered yet.',
    ]);
    expect(row('diagnose', facts([pumping], { documents: ['RCA.md'] }))).toMatchObject({ icon: 'pass' });
  });

  test('log contacts with Support, and begin nothing where nothing can be written', () => {
    const of = facts([pumping], { documents: ['support-packet.md'], contacts: 2 });
    expect(row('engage', of)).toMatchObject({
      description: 'packet written · 2 Support contacts',
      icon: 'pass',
    });
    expect(row('engage/packet', of)?.file).toBe('support-packet.md');
    expect(row('engage/contact', facts([pumping]))?.runs).toBe('logSupportContact');
    const readOnly = facts([pumping], { readOnly: 'Damaged.' });
    for (const id of ['engage/packet', 'engage/contact', 'diagnose']) expect(row(id, readOnly)?.runs).toBeUndefined();
  });
});

test('logs that were imported into the incident are told, each file with its proof, refused ones as well', () => {
  const imports = [
    {
      file: 'messages.csv',
      sha256: 'ab'.repeat(32),
      log: 'messages',
      rows: 1200,
      bad: 2,
      first: noon - hour,
      last: noon,
      accounts: [{ sid: main, rows: 1200 }],
      leftOut: [{ sid: sub, rows: 3 }],
      columns: [{ name: 'ID', as: 'sid', byValue: true }, { name: 'Mood' }],
      unknownColumns: Array.from({ length: 22 }, (_, n) => `Mood ${n}`),
      evidence: 'evidence/rejected-0001.jsonl',
    },
    { file: 'holiday.jpg', rows: 0, bad: 0, refused: 'holiday.jpg holds no log.' },
  ] as const;
  const told = row('imports', someFacts({ imports }));
  expect(told).toMatchObject({
    description: '1 file · 1,200 rows · 2 rows not understood · 3 rows left out · 1 file refused',
    tone: 'warning',
  });
  expect(told?.children?.map(({ description }) => description)).toEqual([
    'messages · 1,200 rows · 2 rows not understood · 3 rows left out',
    'holiday.jpg holds no log.',
  ]);
  expect(told?.children?.[0]?.facts).toContainEqual({ name: 'SHA-256', value: 'ab'.repeat(32) });
  expect(told?.children?.[0]?.facts).toContainEqual({
    name: 'Left out, of other accounts',
    value: expect.stringMatching(/^Acme Pay \(AC….*\): 3 rows$/),
  });
  expect(told?.children?.[0]?.facts?.slice(-2)).toEqual([
    {
      name: 'Columns not read, their names are not known',
      value: expect.stringMatching(/^Mood 0, .*Mood 19 and 2 more$/),
    },
    { name: 'Columns taken for what stands in them', value: 'ID as SID' },
  ]);
  expect(told?.children?.[0]?.sentences).toEqual([
    'To take in what was left out, take this import out with “Delete Evidence…”, then import the file again.',
    'Click to see the rows that were not understood.',
  ]);
  expect(told?.children?.map(({ clicks, evidence }) => [clicks, evidence])).toEqual([
    ['openEvidence', 'evidence/rejected-0001.jsonl'],
    [undefined, undefined],
  ]);
  expect(row('imports', someFacts())).toBeUndefined();
});
