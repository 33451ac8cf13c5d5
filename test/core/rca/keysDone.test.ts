import { expect, test } from 'vitest';
import { toMarkdown } from '../../../src/adapters/markdown.ts';
import type { CapturedRow } from '../../../src/core/evidence/evidenceStore.ts';
import { createRca } from '../../../src/core/rca/createRca.ts';
import type { ContainmentStep, RcaFacts } from '../../../src/core/rca/facts.ts';
import { type KeyFacts, readKeys } from '../../../src/core/rca/keyFacts.ts';
import { main } from '../incidentView/facts.ts';
import { captured, journal } from '../incidentView/journal.ts';
import { someFacts } from './facts.ts';

const [first, second] = someFacts().accounts;
const [acme, pay] = [`AC${'1'.repeat(32)}`, `AC${'2'.repeat(32)}`];
const sk = (n: number) => `SK${String(n).repeat(32)}`;
const key = (n: number, account: string, gone = false) => ({ sid: sk(n), account, gone, citation: `E7:${n}` });
const deletion = (n: number, seq: number, account = acme): ContainmentStep => ({
  ...{ at: 0, id: 'deleteApiKey', action: 'Delete API Key', target: `key ${n}`, outcome: 'done' },
  ...{ sid: sk(n), account, citations: [`J${seq}`] },
});
const listed = (changes: Partial<KeyFacts> = {}): KeyFacts => ({
  read: new Map([acme, pay].map((sid) => [sid, { at: someFacts().asOf, citations: ['E7'] }])),
  keys: [key(3, acme), key(4, acme), key(5, pay)],
  replacements: new Set(),
  ...changes,
});
/** What stands beside the corrective action about keys. */
function told(
  keys: KeyFacts | undefined,
  containment: readonly ContainmentStep[],
  more: Partial<RcaFacts> = {},
): string {
  const text = toMarkdown(createRca(someFacts({ ...(keys && { keys }), containment, ...more })));
  return /\| Delete every API key that nobody owns[^|]*\|[^|]*\| (.*) \|\n/.exec(text)?.[1] ?? '';
}

test('one key that was deleted is one of so many, and more is to be done', () => {
  expect([first?.name, second?.name]).toEqual(['Acme', undefined]);
  expect(told(listed(), [deletion(3, 22)])).toBe(
    'partly, 1 of 3 keys: 1 of 2 deleted in `Acme` (J22, E7:4); 0 of 1 deleted in `Acme Pay` (E7:5) | ✍ | ✍',
  );
});

test('it is done when every key of every impacted account is, whoever deleted it, replacements aside', () => {
  const all = [deletion(3, 22), deletion(4, 23), deletion(5, 24, pay)];
  expect(told(listed(), all)).toBe('2 of 2 deleted in `Acme` (J22, J23); 1 of 1 deleted in `Acme Pay` (J24) | – | –');
  const replaced = listed({ keys: [...listed().keys, key(6, acme)], replacements: new Set([sk(6)]) });
  expect(told(replaced, all)).toContain('2 of 2 deleted in `Acme`');
  expect(told(listed({ keys: [...listed().keys, key(6, acme)] }), all)).toMatch(
    /^partly, 3 of 4 keys: 2 of 3 deleted in `Acme`/,
  );
  const gone = listed({ keys: [key(3, acme), key(4, acme, true)] });
  expect(told(gone, [deletion(3, 22)])).toBe(
    '2 of 2 deleted in `Acme` (J22, E7:4); none there in `Acme Pay` (E7) | – | –',
  );
});

test('a key that only the audit log tells of counts, until the log or a later reading says that it is gone', () => {
  const { logs, asOf } = someFacts();
  const [made] = (logs?.events ?? []).filter(({ type }) => type === 'account-api-keys.created');
  if (!logs || !made) throw new Error('a key should be made in these facts');
  const later = { ...made, at: asOf + 1, resource: sk(9), citations: ['E1:30'] };
  const removed = { ...later, type: 'account-api-keys.deleted', citations: ['E1:31'] };
  const all = [deletion(3, 22), deletion(4, 23), deletion(5, 24, pay)];
  const withEvents = (...events: (typeof made)[]) => told(listed(), all, { logs: { ...logs, events } });
  expect(withEvents(later)).toMatch(/^partly, 3 of 4 keys: 2 of 3 deleted in `Acme` \(J22, J23, E1:30\)/);
  expect(withEvents(later, removed)).toMatch(/^3 of 3 deleted in `Acme`/);
  expect(withEvents({ ...later, at: asOf - 1 })).toMatch(/^3 of 3 deleted in `Acme`/);
});

test('where the keys were not collected nothing is called whole', () => {
  expect(told(undefined, [deletion(3, 22)])).toBe(
    'partly: 1 deleted in `Acme` (J22); not known how many there are in `Acme`, `Acme Pay`: collect the keys | ✍ | ✍',
  );
  expect(told(listed(), [])).toBe('to do | ✍ | ✍');
});

test('keys are read from their captures: one that a later whole reading lacks is gone, and a replacement is known', async () => {
  const row = (number: number, line: number, n: number): CapturedRow => ({
    ...{ source: 'keys', account: main, file: `evidence/keys-000${number}.jsonl.gz`, line },
    row: { sid: sk(n), friendly_name: 'x' },
  });
  const made = { type: 'outcome', action: 'createReplacementKey', result: 'done', back: sk(8) };
  const rows = [row(1, 1, 3), row(1, 2, 4), row(2, 1, 4)];
  const read = async (complete: boolean) => {
    const captures = [
      captured('keys', 1, main),
      captured('keys', 2, main, undefined, complete ? undefined : 'It broke off.'),
    ];
    const records = journal(...captures, made, { ...made, back: sk(7), result: 'refused' });
    return readKeys(rows, records, (file) => (file.includes('0001') ? 'E1' : 'E2'));
  };
  const { keys, read: times, replacements } = await read(true);
  expect(keys.map(({ sid, gone, citation }) => [sid, gone, citation])).toEqual([
    [sk(3), true, 'E1:1'],
    [sk(4), false, 'E2:1'],
  ]);
  expect([...times.values()].map(({ citations }) => citations)).toEqual([['E2']]);
  expect([...replacements]).toEqual([sk(8)]);
  expect((await read(false)).keys.map(({ gone }) => gone)).toEqual([false, false]);
});

test('a reading that another computer recorded proves no deletion, and not how many there are', async () => {
  const row: CapturedRow = {
    ...{ source: 'keys', account: main, file: 'evidence/keys-0001.jsonl.gz', line: 1 },
    row: { sid: sk(3), friendly_name: 'x' },
  };
  const records = journal(captured('keys', 1, main), captured('keys', 2, main));
  const forged = records.map((record, place) => (place === 1 ? { ...record, unsealed: true } : record));
  const read = async (all: typeof records) => {
    const { keys, read: times } = await readKeys([row], all, (file) => file);
    return [keys.map(({ gone }) => gone), [...times.values()].map(({ citations }) => citations)];
  };
  expect(await read(records)).toEqual([[true], [['evidence/keys-0002.jsonl.gz']]]);
  expect(await read(forged)).toEqual([[false], [['evidence/keys-0001.jsonl.gz']]]);
});
