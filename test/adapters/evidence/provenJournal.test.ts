import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openJournal } from '../../../src/adapters/evidence/journal.ts';
import { sha256 } from '../../../src/adapters/evidence/sha256.ts';
import { sealRecord } from '../../../src/core/evidence/chain.ts';
import type { ChainRecord } from '../../../src/core/evidence/record.ts';
import { isProven } from '../../../src/core/evidence/seal.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { clock, freshFolder, memoryAnchors } from './journals.ts';
import { anotherComputer, thisComputer } from './memoryAnchors.ts';

const folder = freshFolder();
const file = () => path.join(folder.path, 'journal.jsonl');
const elsewhere = () => memoryAnchors(new Map(), anotherComputer);

async function opened(options: Partial<Parameters<typeof openJournal>[0]> = {}, ...notes: readonly string[]) {
  const journal = await openJournal({
    folder: folder.path,
    id: 'incident',
    anchors: memoryAnchors(),
    clock,
    ...options,
  });
  for (const text of notes) await journal.append({ type: 'note', text });
  await journal.close();
  return journal;
}
const texts = (records: readonly ChainRecord[]) => records.filter(isProven).map(({ type, text }) => text ?? type);

/** Appends a record with the right hash, as anybody can who can write the file, and seals it as `seal`. */
async function forge(entry: JsonObject, seal?: string): Promise<void> {
  const text = await readFile(file(), 'utf8');
  const last: ChainRecord = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');
  const line = sealRecord({ type: 'note', ...entry }, last, clock.now(), sha256);
  const { hash: _hash, ...body } = JSON.parse(line);
  const sealed = seal === undefined ? body : { ...body, seal };
  const keys = Object.keys(sealed).toSorted();
  const canonical = JSON.stringify(Object.fromEntries(keys.map((name) => [name, sealed[name]])));
  const whole = { ...sealed, hash: sha256(canonical) };
  const written = JSON.stringify(Object.fromEntries([...keys, 'hash'].toSorted().map((name) => [name, whole[name]])));
  await writeFile(file(), `${text}${written}\n`);
}

test('what this computer records is proven, also without the head kept elsewhere, in another window, and when it is looked at', async () => {
  const anchors = memoryAnchors();
  await opened({ anchors }, 'mine');
  const other = await opened({}, 'of another window');
  expect([other.readOnly, other.unsealed]).toEqual([undefined, 0]);
  const looked = await opened({ anchors, viewOnly: 'Restricted Mode.' });
  expect([looked.readOnly, looked.unsealed]).toEqual(['Restricted Mode.', 0]);
  expect(texts(looked.records)).toEqual(['journal', 'mine', 'of another window']);
});

test.each([
  ['without a seal', undefined],
  ['with the seal of a record before', 'copied'],
  ['with a key that nobody has', `${'1'.repeat(16)}.${'0'.repeat(64)}`],
  ['with what is no seal', 'proven'],
])(
  'a record added with the right hash %s makes the journal read-only, is shown, and is not proven',
  async (_how, seal) => {
    const anchors = memoryAnchors();
    const { records } = await opened({ anchors }, 'mine');
    await forge({ text: 'forged' }, seal === 'copied' ? String(records[1]?.['seal']) : seal);
    const journal = await opened({ anchors });
    expect(journal.readOnly).toMatch('Not sealed here: 1 of its 3 records.');
    expect([journal.unsealed, journal.adoptable, journal.records.length]).toEqual([1, true, 3]);
    expect(texts(journal.records)).toEqual(['journal', 'mine']);
    await expect(journal.append({ type: 'note' })).rejects.toThrow('nothing is sent');
  },
);

test('a journal of another computer, and one whose key is lost, is shown and not written', async () => {
  await opened({ anchors: elsewhere() }, 'theirs');
  const journal = await opened();
  expect([journal.readOnly, journal.unsealed]).toEqual([expect.stringMatching('2 of its 2 records'), 2]);
  expect(texts(journal.records)).toEqual([]);
  expect((await readFile(file(), 'utf8')).split('\n')).toHaveLength(3);
});

test('windows that made a key each at the same time read each other’s records as sealed here', async () => {
  const keys = [thisComputer, anotherComputer];
  const windows = keys.map((key) => ({
    ...memoryAnchors(new Map(), key),
    keyOf: async (id: string) => keys.find((one) => one.id === id),
  }));
  for (const anchors of windows) await opened({ anchors }, 'mine');
  for (const anchors of windows) {
    const { readOnly, unsealed, records } = await opened({ anchors, viewOnly: 'looking' });
    expect([readOnly, unsealed, texts(records)]).toEqual(['looking', 0, ['journal', 'mine', 'mine']]);
  }
});

test('it is continued when somebody chooses to, which is recorded; what was there stays unproven, also later', async () => {
  const anchors = memoryAnchors();
  const theirs = await opened({ anchors: elsewhere() }, 'theirs');
  const adopted = await opened({ anchors, adopt: true }, 'mine');
  expect(adopted.records[2]).toMatchObject({ type: 'adopted', records: 2, others: 2, head: theirs.head?.hash });
  const again = await opened({ anchors }, 'again');
  expect([again.readOnly, again.unsealed]).toEqual([undefined, 2]);
  expect(texts(again.records)).toEqual(['adopted', 'mine', 'again']);
  // What comes from elsewhere afterwards is asked about again.
  await forge({ text: 'forged' });
  expect((await opened({ anchors })).readOnly).toMatch('Not sealed here: 3 of its 6');
  // A forged word that it was chosen counts for nothing.
  await forge({ type: 'adopted', records: 99 });
  expect((await opened({ anchors })).readOnly).toMatch('Not sealed here: 4 of its 7');
  // And nobody but this computer says what it adopted.
  expect((await opened({ anchors: elsewhere() })).unsealed).toBe(5);
});

test('choosing to continue it does not reach further than that: damage, what was cut and another incident stay read-only', async () => {
  const anchors = memoryAnchors();
  await opened({ anchors }, 'one', 'two');
  expect((await opened({ anchors, id: 'other', adopt: true })).readOnly).toMatch('belongs to something else');
  const text = await readFile(file(), 'utf8');
  await writeFile(file(), text.replace('"format":1', '"format":2'));
  expect((await opened({ anchors, adopt: true })).readOnly).toMatch('format 2');
  await writeFile(file(), text.replace('"one"', '"eins"'));
  expect((await opened({ anchors, adopt: true })).readOnly).toMatch('damaged at line 2');
  await writeFile(file(), `${text.split('\n').slice(0, 2).join('\n')}\n`);
  const cut = await opened({ anchors, adopt: true });
  expect([cut.readOnly, cut.adoptable]).toEqual([expect.stringMatching('does not contain record 3'), undefined]);
});

test('a crash after the record and before its head is kept leaves a record that counts as any other', async () => {
  const anchors = memoryAnchors();
  await opened({ anchors }, 'first');
  await opened({ anchors: { ...anchors, write: () => new Promise<void>(() => {}) } }, 'after which the window died');
  const journal = await opened({ anchors });
  expect([journal.readOnly, journal.unsealed]).toEqual([undefined, 0]);
  expect(texts(journal.records)).toContain('after which the window died');
});

test('an entry cannot bring a seal, or say of itself that it was sealed or not', async () => {
  const journal = await openJournal({ folder: folder.path, id: 'incident', anchors: memoryAnchors(), clock });
  for (const name of ['seal', 'unsealed'])
    await expect(journal.append({ type: 'note', [name]: true })).rejects.toThrow(`"${name}"`);
  await journal.close();
});
