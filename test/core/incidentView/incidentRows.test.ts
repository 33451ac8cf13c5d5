import { describe, expect, test } from 'vitest';
import { incidentRows } from '../../../src/core/incidentView/incidentRows.ts';
import type { IncidentRow } from '../../../src/core/incidentView/row.ts';
import { type AccountSid, shortSid } from '../../../src/core/model/sid.ts';
import { unnamedAccount } from '../../../src/core/traffic/logRow.ts';
import { sid } from '../fakeTwilio.ts';
import { coverage, hour, main, noon, someFacts, sub } from './facts.ts';

function all(rows: readonly IncidentRow[]): readonly IncidentRow[] {
  return rows.flatMap((row) => [row, ...all(row.children ?? [])]);
}

function rowsOf(changes: Parameters<typeof someFacts>[0] = {}) {
  const rows = all(incidentRows(someFacts(changes)));
  return (id: string) => rows.find((row) => row.id === id);
}

const gap = '2026-11-20 00:00 UTC to 2026-11-20 06:00 UTC: Twilio answered 503.';

describe('the Incident view', () => {
  test('says what the incident is about, with its window in UTC and its accounts below', () => {
    const row = rowsOf()('incident');
    expect(row).toMatchObject({
      label: 'SMS pumping',
      description: 'open · 11-14 to 11-21',
    });
    expect(row?.children?.map(({ label }) => label)).toEqual(['Acme', 'Acme Pay']);
  });

  test('calls an incident by its name, with what it is behind the window where the name does not say so', () => {
    const described = (title: string) => {
      const { label, description } = rowsOf({ title })('incident') ?? {};
      return [label, description];
    };
    expect(described('SMS pumping 2')).toEqual(['SMS pumping 2', 'open · 11-14 to 11-21']);
    expect(described('Büro')).toEqual(['Büro', 'open · 11-14 to 11-21 · SMS pumping']);
  });

  test('warns when nothing keeps evidence out of git, and of records it cannot read', () => {
    const quiet = rowsOf();
    expect([quiet('unignored'), quiet('unreadable')]).toEqual([undefined, undefined]);
    const find = rowsOf({ unignored: true, unreadable: [4, 7, ...Array.from({ length: 12 }, (_, n) => 20 + n)] });
    expect(find('unignored')).toMatchObject({ tone: 'warning', description: expect.stringContaining('“evidence/”') });
    expect(find('unreadable')).toMatchObject({
      tone: 'warning',
      description: expect.stringMatching(
        /record 4, 7, 20, .* and 4 more cannot be read, so these rows are counted nowhere/,
      ),
    });
  });

  test('says of a complete log how many rows it has and which window they cover', () => {
    expect(rowsOf()('evidence/messages')).toMatchObject({
      label: 'Messages',
      description: '48,211 rows · complete · 2026-11-14 12:00 to 2026-11-21 12:00 UTC',
      tone: 'good',
    });
  });

  test('says of a source, and of each account of it, its state, how many rows there are, and when the first and the last one were', () => {
    const young = { at: noon - hour };
    const parts = [
      coverage(),
      coverage({ account: sub, state: 'partial', why: [gap], rows: 3, first: noon - 7 * hour, last: noon - 2 * hour }),
    ];
    const find = rowsOf({ coverage: parts });
    const told = (id: string) =>
      find(id)
        ?.facts?.slice(0, 4)
        .map(({ name, value }) => [name, value]);
    expect(told(`evidence/messages/${main}`)).toEqual([
      ...[
        ['State', 'complete'],
        ['Rows', '48,211 rows'],
        ['First row', { at: noon - 6 * hour }],
        ['Last row', young],
      ],
    ]);
    expect(told(`evidence/messages/${sub}`)).toEqual([
      ...[
        ['State', 'partial'],
        ['Rows', '3 rows'],
        ['First row', { at: noon - 7 * hour }],
      ],
      ['Last row', { at: noon - 2 * hour }],
    ]);
    expect(find(`evidence/messages/${sub}`)?.sentences).toEqual([gap]);
    expect(told('evidence/messages')).toEqual([
      ...[
        ['State', 'partial'],
        ['Rows', '48,214 rows'],
        ['First row', { at: noon - 7 * hour }],
        ['Last row', young],
      ],
    ]);
  });

  test('says of a complete state when it was read', () => {
    const keys = coverage({ source: 'keys', title: 'API keys', kind: 'state', rows: 1 });
    const { first, last, ...state } = keys;
    expect([first, last]).not.toContain(undefined);
    expect(rowsOf({ coverage: [state] })('evidence/keys')?.description).toBe(
      '1 row · complete · as of 2026-11-21 12:00 UTC',
    );
  });

  test.each([
    ['partial', 'partial: ', 'warning'],
    ['refused', 'refused: ', 'bad'],
  ] as const)('never shows what is %s as complete, and says why', (state, words, tone) => {
    const row = rowsOf({ coverage: [coverage({ state, why: [gap] })] })('evidence/messages');
    expect(row).toMatchObject({ description: `${words}${gap}`, tone });
    expect(row?.sentences).toEqual([gap]);
  });

  test('says what a log may lack although it is complete, which does not make it partial', () => {
    const caveat = 'Whether it lists all is not documented.';
    for (const parts of [[coverage({ caveat })], [coverage({ caveat }), coverage({ caveat, account: sub })]])
      expect(rowsOf({ coverage: parts })('evidence/messages')).toMatchObject({ tone: 'good', sentences: [caveat] });
  });

  test('says from when on a complete log may still grow, over all its accounts', () => {
    const [one, other] = [Date.UTC(2026, 10, 21, 8, 30), Date.UTC(2026, 10, 21, 8, 15)];
    const parts = [coverage({ unsettledFrom: one }), coverage({ unsettledFrom: other, account: sub })];
    const row = rowsOf({ coverage: parts })('evidence/messages');
    expect(row).toMatchObject({ tone: 'good', sentences: [expect.stringContaining('from 2026-11-21 08:15 UTC on')] });
  });

  test('is complete over several accounts only when it is so in each, and names those that are not', () => {
    const parts = [coverage(), coverage({ account: sub, state: 'refused', why: ['No permission.'], rows: 0 })];
    const find = rowsOf({ coverage: parts });
    expect(find('evidence/messages')).toMatchObject({
      description: 'partial: 1 of 2 accounts complete.',
      sentences: ['1 of 2 accounts complete.', 'Acme Pay: No permission.'],
      tone: 'warning',
    });
    expect(find(`evidence/messages/${sub}`)).toMatchObject({ label: 'Acme Pay', tone: 'bad' });
    expect(find(`evidence/messages/${main}`)).toMatchObject({ label: 'Acme', tone: 'good' });
    expect(find('evidence')?.description).toBe('0 of 1 complete · 48,211 rows');
  });

  test('collects nothing of accounts whose rows were imported only, and names them as well as they are known', () => {
    const [foreign, unnamed] = [sid('AC', 9) as AccountSid, unnamedAccount as AccountSid];
    const parts = [main, foreign, unnamed].map((account) => coverage({ account, state: 'partial' }));
    const accounts = [...someFacts().accounts, { sid: unnamed, name: '' }];
    const find = rowsOf({ coverage: parts, accounts });
    const found = [main, foreign, unnamed].map((account) => find(`evidence/messages/${account}`));
    expect(found.map((one) => [one?.label, one?.collects?.accounts])).toEqual([
      ['Acme', [main]],
      [shortSid(foreign), undefined],
      ['Account not named in the files', undefined],
    ]);
  });

  test('collects a source, or one account of it, from its row', () => {
    const find = rowsOf({ coverage: [coverage(), coverage({ account: sub })] });
    expect(find('evidence/messages')?.collects).toEqual({ sources: ['messages'] });
    expect(find(`evidence/messages/${sub}`)?.collects).toEqual({ sources: ['messages'], accounts: [sub] });
    expect(find('evidence/messages')?.abilities).toContain('collectSource');
  });

  test.each([{ readOnly: 'Its journal is damaged at line 3.' }, { collecting: true }])(
    'offers no collecting with %j',
    (changes) => {
      const rows = all(incidentRows(someFacts(changes)));
      expect(rows.filter(({ collects, abilities }) => collects || abilities?.includes('collectSource'))).toEqual([]);
    },
  );

  test('says why an incident is read-only', () => {
    const readOnly = 'Its journal is damaged at line 3.';
    expect(rowsOf({ readOnly })('readOnly')).toMatchObject({ description: readOnly, tone: 'warning' });
  });

  test('lets a person continue what others recorded where it says that it is read-only, and nowhere else', () => {
    const readOnly = 'Not sealed here: 3 of its 3 records.';
    expect(rowsOf({ readOnly, adoptable: true })('continue')).toMatchObject({ runs: 'continueIncident' });
    expect(rowsOf({ readOnly })('continue')).toBeUndefined();
    expect(rowsOf()('continue')).toBeUndefined();
  });

  test('says that nothing was collected, that a collection was cut off, and that evidence was deleted', () => {
    const nothing = coverage({ state: 'not collected', why: ['It has not been collected.'], rows: 0 });
    const row = rowsOf({ coverage: [nothing], unfinished: true, deleted: 2, bodies: 'full' })('evidence');
    expect(row?.description).toBe('deleted');
    expect(rowsOf({ coverage: [nothing] })('evidence')?.description).toBe('nothing collected yet');
    const said = row?.sentences?.join(' ');
    expect(said).toContain('did not come to its end');
    expect(said).toContain('2 files of evidence were deleted');
    expect(said).toContain('kept in full');
  });

  test('says that accounts may have been left out, so that what is complete is so of the accounts known', () => {
    const row = rowsOf({ coverage: [coverage({})], gap: 'Not all subaccounts could be listed.' })('evidence');
    expect(row?.description).toMatch(/^1 of 1 complete of the accounts known · /);
    expect(row?.sentences).toContain('Not all subaccounts could be listed.');
    expect(rowsOf({ coverage: [coverage({})] })('evidence')?.description).toMatch(/^1 of 1 complete · /);
  });

  test('lists the documents that are there, to open, and the logs imported last', () => {
    const find = rowsOf({ documents: ['RCA.md'], imported: '300 messages from 1 file' });
    expect(find('file/RCA.md')).toMatchObject({ file: 'RCA.md', abilities: ['openIncidentFile'] });
    expect(find('imported')).toMatchObject({ description: '300 messages from 1 file', runs: 'importLogs' });
    expect(rowsOf()('imported')).toBeUndefined();
  });

  test('has rows with ids of their own, also when nothing is known but the title', () => {
    const facts = someFacts({
      coverage: [coverage(), coverage({ account: sub }), coverage({ source: 'calls', title: 'Calls' })],
      documents: ['RCA.md', 'support-packet.md'],
    });
    const ids = all(incidentRows(facts)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const unknown = { ...facts, incident: undefined, window: undefined, coverage: [], readOnly: 'A later format.' };
    expect(incidentRows(unknown).map(({ label }) => label)).toContain('Read-only');
  });
});
