import { expect, test } from 'vitest';
import { deletionEntry } from '../../../src/core/evidence/heldCaptures.ts';
import { collectionGaps } from '../../../src/core/incidentView/collectionGaps.ts';
import { collectionEntry } from '../../../src/core/incidentView/collectionRecord.ts';
import { concerns, incidentAccounts } from '../../../src/core/incidentView/incidentAccounts.ts';
import { knownEvidence } from '../../../src/core/incidentView/knownEvidence.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import { lackOf } from '../../../src/core/timeline/timelineRows.ts';
import { unnamedAccount } from '../../../src/core/traffic/logRow.ts';
import { sid } from '../fakeTwilio.ts';
import { hour, main, noon, someIncident, sub } from './facts.ts';
import { captured, journal } from './journal.ts';

const { window } = someIncident();
const now = noon + hour;

test('what was collected of a source is known by account, and the rest is said not to be collected', () => {
  const { coverage } = knownEvidence(someIncident(), journal(captured('messages', 1, main, window)), now);
  const messages = coverage.filter(({ source }) => source === 'messages');
  expect(messages.map(({ account, state, rows }) => [account, state, rows])).toEqual([
    [main, 'complete', 10],
    [sub, 'not collected', 0],
  ]);
  expect(messages[0]).toMatchObject({ title: 'Messages', kind: 'log' });
  expect(coverage.filter(({ source, state }) => source !== 'messages' && state !== 'not collected')).toEqual([]);
});

test('a capture whose file is gone counts for nothing, is said to be missing, and is collected again', () => {
  const records = journal(captured('messages', 1, main, window), captured('keys', 2, main));
  const lost = new Set(['evidence/messages-0001.jsonl.gz']);
  const { coverage, held, window: against } = knownEvidence(someIncident(), records, now, { lost });
  const [messages, ofSub] = coverage.filter(({ source }) => source === 'messages');
  expect(messages).toMatchObject({
    state: 'not collected',
    rows: 0,
    why: [expect.stringContaining('1 file of it is missing'), expect.any(String)],
  });
  expect(ofSub?.why.join()).not.toContain('missing');
  expect(coverage.find(({ source }) => source === 'keys')).toMatchObject({ state: 'complete' });
  expect(held.map(({ capture }) => capture.source)).toEqual(['keys']);
  expect(against).toEqual(knownEvidence(someIncident(), records, now).window);
});

test('rows that name no account count, and sentences do not pass a number of zeros for one', () => {
  const unnamed = unnamedAccount as AccountSid;
  const records = journal(captured('messages', 1, main, window), captured('messages', 2, unnamed, window, 'Imported.'));
  const { coverage } = knownEvidence(someIncident(), records, now);
  const messages = coverage.filter(({ source }) => source === 'messages');
  expect(messages.map(({ account, state, rows }) => [account, state, rows])).toEqual([
    [main, 'complete', 10],
    [sub, 'not collected', 0],
    [unnamed, 'partial', 10],
  ]);
  expect(coverage.filter(({ account }) => account === unnamed)).toHaveLength(1);
  expect(lackOf(messages.slice(2)).join()).toMatch(/^Messages of an account not named are not complete\. .*Imported\./);
  const opened = { incident: someIncident(), journal: { records } } as Parameters<typeof collectionGaps>[0];
  expect(collectionGaps(opened, 'messages', now).at(-1)).toMatch(/^Messages of an account not named: /);
});

test('a slice that broke off leaves its source partial', () => {
  const records = journal(captured('messages', 1, main, window, 'Twilio answered 503.'));
  const [messages] = knownEvidence(someIncident(), records, now).coverage.filter(({ source }) => source === 'messages');
  expect(messages?.state).not.toBe('complete');
  expect(messages?.why.join(' ')).toContain('Twilio answered 503.');
});

test('an incident about a subaccount alone has its main account’s own sources held against the main account', () => {
  const about = someIncident({ accounts: [{ sid: sub, name: 'Acme Pay' }] });
  const asked = collectionEntry({ main, accounts: about.accounts, sources: ['accounts'], demo: false });
  const { coverage, accounts } = knownEvidence(about, journal(asked, captured('accounts', 1, main)), now);
  expect(accounts.map(({ sid }) => sid)).toEqual([sub]);
  expect(coverage.find(({ source }) => source === 'accounts')).toMatchObject({ account: main, state: 'complete' });
  const { coverage: before } = knownEvidence(about, journal(asked), now);
  expect(before.find(({ source }) => source === 'accounts')).toMatchObject({ account: main, state: 'not collected' });
  expect(coverage.filter(({ source }) => source === 'messages').map(({ account }) => account)).toEqual([sub]);
});

test('an incident that names no account is about those it was collected of, and about any account', () => {
  const any = { accounts: [] };
  const asked = collectionEntry({ main, accounts: [{ sid: main, name: 'Acme' }], sources: ['events'], demo: false });
  expect(incidentAccounts(any, journal(asked), [])).toEqual({
    accounts: [{ sid: main, name: 'Acme' }],
    main: { sid: main, name: 'Acme' },
  });
  expect(concerns(any, sub)).toBe(true);
  expect(concerns({ accounts: [{ sid: main, name: 'Acme' }] }, sub)).toBe(false);
});

test('what a second look costs grows with what came since, not with a thousand accounts', () => {
  const accounts = Array.from({ length: 1000 }, (_, n) => ({ sid: sid('AC', n + 1) as AccountSid, name: '' }));
  const incident = someIncident({ accounts });
  const records = [...journal(...accounts.map(({ sid: account }, n) => captured('messages', n + 1, account, window)))];
  let reads = 0;
  const counted = new Proxy(records, {
    get(target, name, receiver) {
      if (typeof name === 'string' && /^\d+$/.test(name)) reads += 1;
      return Reflect.get(target, name, receiver);
    },
  });
  const look = (at: number) => {
    reads = 0;
    const { coverage } = knownEvidence(incident, counted, at);
    return { reads, messages: coverage.filter(({ source }) => source === 'messages') };
  };
  const first = look(now);
  expect(first.reads).toBeGreaterThanOrEqual(1000);
  records.push(...journal(...records, captured('messages', 5000, main, window)).slice(-1));
  const second = look(now + 1000);
  expect(second.reads).toBeLessThan(first.reads / 50);
  const anew = second.messages.filter((one, n) => one !== first.messages[n]);
  expect(anew.map(({ account, rows }) => [account, rows])).toEqual([[main, 20]]);
  // And it says what looking at everything anew says.
  expect(second.messages).toEqual(
    knownEvidence(incident, [...records], now + 1000).coverage.filter(({ source }) => source === 'messages'),
  );
});

test('what is deleted is known not to be held any more, and who asked before keeps what they were told', () => {
  const records = [...journal(captured('messages', 1, main, window), captured('messages', 2, sub, window))];
  const before = knownEvidence(someIncident(), records, now);
  const [first] = before.held;
  if (!first) throw new Error('nothing is held');
  records.push(...journal(...records, deletionEntry([first.capture])).slice(-1));
  const { held, coverage } = knownEvidence(someIncident(), records, now);
  expect([before.held.length, held.length]).toEqual([2, 1]);
  const messages = coverage.filter(({ source }) => source === 'messages');
  expect(messages.map(({ state }) => state)).toEqual(['not collected', 'complete']);
});
