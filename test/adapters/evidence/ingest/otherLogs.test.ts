import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createImportStore } from '../../../../src/adapters/evidence/ingest/importStore.ts';
import { openImportedAttempts, openImportedCalls } from '../../../../src/adapters/evidence/ingest/openOthers.ts';
import { countsOfImport, describeImport } from '../../../../src/core/traffic/importWords.ts';
import { jsonLines, logFolder, record, worker } from './logFiles.ts';
import { account, attemptRecord, callRecord, camelCase, otherSid } from './otherLogFiles.ts';

const files = logFolder();
afterAll(() => files.remove());
const now = Date.parse('2026-11-21T12:00:00Z');
const store = createImportStore({ folder: `${files.folder}/imports`, worker, clock: { now: () => now } });
const write = (name: string, content: string | Uint8Array): string => files.write(name, content);

async function importing(contents: Readonly<Record<string, string | Uint8Array>>) {
  const made = await store.importFiles(
    Object.entries(contents).map(([name, content]) => write(name, content)),
    {},
  );
  const kept = made.kept ?? '';
  return { made, kept, calls: await openImportedCalls(kept), attempts: await openImportedAttempts(kept) };
}

describe('calls', () => {
  const two = [callRecord(1), callRecord(2)];
  const consoleHeader =
    'Call SID,Date Created,Start Time,End Time,From,To,Direction,Duration,Status,Price,Price Unit,Account SID';
  const consoleRow = (sid: string): string =>
    `"${sid}","2026-11-20 09:59:59","2026-11-20 10:00:00","2026-11-20 10:01:01","+1 (415) ""x"",\n5","+37126000001","Outgoing API","61","Completed","-0.1","usd","${account}"`;
  const shapes: Readonly<Record<string, readonly [string | Uint8Array, number]>> = {
    'BulkExport.json.gz': [gzipSync(jsonLines([callRecord(1, { duration: 61, price: -0.1 }), callRecord(2)])), 2],
    'lines-crlf.jsonl': [jsonLines(two).replaceAll('\n', '\r\n'), 2],
    'no-last-newline.jsonl': [jsonLines(two).trimEnd(), 2],
    'cli.json': [JSON.stringify(two.map(camelCase)), 2],
    'cli-pretty.json': [`\uFEFF${JSON.stringify(two.map(camelCase), null, 2)}`, 2],
    'page.json': [JSON.stringify({ first_page_uri: '/x', end: 1, calls: two, next_page_uri: null }), 2],
    'page-pretty.json': [JSON.stringify({ first_page_uri: '/x', calls: two, page: 0 }, null, 2), 2],
    'objects.json': [two.map((one) => JSON.stringify(one, null, 2)).join('\n'), 2],
    'console.csv': [`${consoleHeader}\n${consoleRow(otherSid('CA', 1))}\n${consoleRow(otherSid('CA', 2))}\n`, 2],
    'console-semicolons.csv': [
      `\uFEFFSid;To;Direction;Start Time;Duration;Status;Price;Account Sid\r\n${otherSid('CA', 1)};+37126000001;outbound-api;2026-11-20T10:00:00Z;61;completed;-0.1;${account}\r\n`,
      1,
    ],
  };
  for (const [name, [content, count]] of Object.entries(shapes))
    it(`are read from ${name}`, async () => {
      const { made, calls, attempts } = await importing({ [name]: content });
      expect(made.summary.bad).toEqual({ count: 0, first: [] });
      expect(attempts).toBeUndefined();
      expect(calls).toMatchObject({ rows: count, accounts: [account], countries: ['LV'], statuses: ['completed'] });
      expect([...(calls?.time ?? [])]).toEqual(Array.from({ length: count }, () => Date.UTC(2026, 10, 20, 10) / 1000));
      expect([...(calls?.seconds ?? [])]).toEqual(Array.from({ length: count }, () => 61));
      expect([...(calls?.price ?? [])]).toEqual(Array.from({ length: count }, () => 100_000));
      expect(made.summary.calls).toMatchObject({ rows: count, outbound: count, minutes: 2 * count });
      expect(made.summary.files).toEqual([{ name, rows: count }]);
    });

  it('count once each, as they were updated last, over files and in any order', async () => {
    const early = [
      callRecord(1, {
        status: 'in-progress',
        duration: null,
        price: null,
        date_updated: 'Fri, 20 Nov 2026 10:00:00 +0000',
      }),
      callRecord(2),
    ];
    for (const contents of [
      { 'a.jsonl': jsonLines(early), 'b.jsonl': jsonLines([callRecord(1)]) },
      { 'b.jsonl': jsonLines([callRecord(1)]), 'a.jsonl': jsonLines(early) },
    ]) {
      const { made, calls } = await importing(contents);
      expect(made.summary.calls).toMatchObject({ rows: 2, superseded: 1, minutes: 4 });
      expect([...(calls?.status ?? [])].map((code) => calls?.statuses[code])).toEqual(['completed', 'completed']);
    }
  });

  it('grow beyond the first table, and every SID is kept', async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => callRecord(n % 15_000, { duration: n }));
    const { made, calls } = await importing({ 'many.jsonl': jsonLines(rows) });
    expect(made.summary.calls).toMatchObject({ rows: 15_000, superseded: 5000 });
    // Of the 5,000 that come twice, with the same update, the later one stays where the earlier one was.
    const lasts = Array.from({ length: 15_000 }, (_, n) => (n < 5000 ? n + 15_000 : n));
    expect([...(calls?.seconds ?? [])]).toEqual(lasts);
  });

  it('are known by their numbers, to SIP addresses too, and hidden ends stay hidden', async () => {
    const to = ['+37126000001', 'sip:+37126000001@carrier.example', 'client:alice', '', '+88213123456'];
    const { calls } = await importing({ 'ends.jsonl': jsonLines(to.map((one, n) => callRecord(n, { to: one }))) });
    expect([...(calls?.country ?? [])].map((code) => calls?.countries[code])).toEqual([
      'LV',
      'LV',
      'unknown',
      'unknown',
      '001',
    ]);
    expect(calls?.block[0]).toBe(13_712_600);
    expect(calls?.block[1]).toBe(13_712_600);
  });
});

describe('Verify attempts', () => {
  const two = [attemptRecord(1), attemptRecord(2, { conversion_status: 'converted', price: null })];
  const meta = { page: 0, page_size: 50, first_page_url: 'https://verify.twilio.com/v2/Attempts', next_page_url: null };
  const header = 'Sid,Verification Sid,Account Sid,Date Created,Channel,Conversion Status,To,Country,Price,Currency';
  const shapes: Readonly<Record<string, string>> = {
    'cli.json': JSON.stringify(two.map(camelCase), null, 2),
    'page.json': JSON.stringify({ meta: { key: 'attempts', ...meta }, attempts: two }),
    'page-list-first.json': JSON.stringify({ attempts: two, meta: { key: 'attempts', ...meta } }),
    'lines.jsonl': jsonLines(two),
    'attempts.csv': `${header}\n${two
      .map(
        (one) =>
          `${one['sid']},${one['verification_sid']},${account},2026-11-20T10:00:00Z,sms,${one['conversion_status']},+79581112233,RU,${one['price'] ? '0.05,usd' : ','}`,
      )
      .join('\n')}`,
  };
  for (const [name, content] of Object.entries(shapes))
    it(`are read from ${name}`, async () => {
      const { made, attempts, calls } = await importing({ [name]: content });
      expect(made.summary.bad.count).toBe(0);
      expect(calls).toBeUndefined();
      expect(attempts).toMatchObject({ rows: 2, countries: ['RU'], channels: ['sms'] });
      expect([...(attempts?.conversion ?? [])].map((code) => attempts?.conversions[code])).toEqual([
        'unconverted',
        'converted',
      ]);
      expect([...(attempts?.price ?? [])]).toEqual([50_000, 0xffff_ffff]);
      expect(made.summary.attempts).toMatchObject({ rows: 2, converted: 1, cost: [{ currency: 'USD', amount: 0.05 }] });
    });

  it('have the country Twilio names when their address shows none', async () => {
    const email = attemptRecord(1, { channel: 'email', channel_data: { to: '', country: 'gb' } });
    const { attempts } = await importing({ 'email.jsonl': jsonLines([email]) });
    expect(attempts?.countries).toEqual(['GB']);
  });
});

describe('one import', () => {
  it('takes mixed files, each as what it is, and says so', async () => {
    const { made, kept, calls, attempts } = await importing({
      'messages.jsonl': jsonLines([record(1), record(2)]),
      'calls.jsonl': jsonLines([callRecord(1)]),
      'attempts.json': JSON.stringify([attemptRecord(1)]),
      'keys.json': JSON.stringify({ keys: [{ sid: otherSid('SK', 1), friendly_name: 'x' }] }),
    });
    expect([made.summary.rows, calls?.rows, attempts?.rows]).toEqual([2, 1, 1]);
    expect(countsOfImport(made.summary)).toBe('2 messages, 1 call and 1 Verify attempt from 3 files');
    expect(describeImport(made)).toBe(
      'Imported 2 messages, 1 call and 1 Verify attempt from 3 files, 2026-11-20 10:00 UTC to 2026-11-20 10:00 UTC. Calls: 1 outbound call, 2 billed minutes, 0.10 USD. Verify attempts: 0 converted, 0.05 USD. 1 file was refused. The panel says why.',
    );
    expect(made.report.gaps.join()).toContain('keys.json looks like a list of API keys.');
    const again = await (await store.last())?.open();
    expect(again?.summary).toEqual(made.summary);
    for (const name of readdirSync(kept)) expect(statSync(path.join(kept, name)).mode & 0o077).toBe(0);
  });

  it('of calls alone has no messages, and is kept', async () => {
    const { made } = await importing({ 'calls.jsonl': jsonLines([callRecord(1)]) });
    expect(made.summary).toMatchObject({ rows: 0, calls: { rows: 1 } });
    expect(countsOfImport((await store.last())?.summary ?? made.summary)).toBe('1 call from 1 file');
  });

  it.each([
    ['accounts.json', JSON.stringify([{ sid: account, friendly_name: 'x' }]), /accounts/],
    ['events.jsonl', jsonLines([{ sid: otherSid('AE', 1), event_type: 'account.updated' }]), /Monitor events/],
    ['usage.json', JSON.stringify({ usage_records: [{ category: 'sms', usage_unit: 'segments' }] }), /usage records/],
    ['events.csv', 'Sid,Event Type,Actor Sid,Description\na,b,c,d\n', /Monitor events/],
    ['other.csv', 'name,size,colour\n1,2,3\n', /not a log that is known/],
  ])('refuses %s with what it looks like', async (name, content, sentence) => {
    await expect(store.importFiles([write(name, content)], {})).rejects.toThrow(sentence);
  });

  it('takes nothing of a file that is cut or damaged', async () => {
    const whole = gzipSync(jsonLines(Array.from({ length: 500 }, (_, n) => callRecord(n))));
    const broken = Buffer.from(whole);
    broken[broken.length - 6] = (broken.at(-6) ?? 0) ^ 0xff;
    for (const content of [whole.subarray(0, whole.length - 9), broken, Buffer.concat([whole, Buffer.from('x')])]) {
      const { made } = await importing({ 'cut.json.gz': content, 'good.jsonl': jsonLines([callRecord(9999)]) });
      expect(made.summary.calls?.rows).toBe(1);
      expect(made.summary.files.find(({ name }) => name === 'cut.json.gz')?.refused).toMatch(
        /Nothing of it was imported/,
      );
    }
  });

  it('leaves nothing behind when it fails, and replaces the one before', async () => {
    const folder = `${files.folder}/imports`;
    const before = readdirSync(folder);
    await expect(
      store.importFiles([write('cut.json', JSON.stringify([callRecord(1)]).slice(0, -5))], {}),
    ).rejects.toThrow(/not complete/);
    expect(readdirSync(folder)).toEqual(before);
    await importing({ 'calls.jsonl': `${jsonLines([callRecord(1)])}{}\n` });
    await importing({ 'messages.jsonl': jsonLines([record(1)]) });
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('stops when it is cancelled', async () => {
    const stop = new AbortController();
    const paths = [write('calls.jsonl', jsonLines(Array.from({ length: 5000 }, (_, n) => callRecord(n))))];
    await expect(
      store.importFiles(paths, { cancel: stop.signal, onProgress: () => stop.abort() }),
    ).rejects.toMatchObject({ name: 'Cancelled' });
  });
});
