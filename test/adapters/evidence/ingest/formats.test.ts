import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { account, imported, jsonLines, logFolder, record, sidOf } from './logFiles.ts';

const files = logFolder();
afterAll(() => files.remove());

const expected = {
  time: Date.parse('2026-11-20T10:00:01Z') / 1000,
  price: 7900,
  block: 17958111,
  error: 0,
  account,
  country: 'RU',
  status: 'delivered',
  currency: 'USD',
  direction: 'outbound-api',
};

async function rowsOf(name: string, content: string | Uint8Array) {
  const { rows, summary } = await imported([files.write(name, content)], files.index);
  return { rows, summary };
}

const camel = {
  body: 'a {"nested":"[looking"} \\ body',
  numSegments: '1',
  direction: 'outbound-api',
  from: '+14155550100',
  to: '+79581112233',
  dateUpdated: '2026-11-20T10:00:05.000Z',
  price: '-0.00790',
  errorMessage: null,
  uri: '/2010-04-01/x.json',
  accountSid: account,
  numMedia: '0',
  status: 'delivered',
  messagingServiceSid: null,
  sid: sidOf(1),
  dateSent: '2026-11-20T10:00:01.000Z',
  dateCreated: '2026-11-20T10:00:00.000Z',
  errorCode: null,
  priceUnit: 'USD',
  apiVersion: '2010-04-01',
  subresourceUris: { media: '/2010-04-01/x.json' },
};
const rest = record(1, {
  num_segments: '1',
  date_sent: 'Fri, 20 Nov 2026 10:00:01 +0000',
  date_created: 'Fri, 20 Nov 2026 10:00:00 +0000',
  date_updated: 'Fri, 20 Nov 2026 10:00:05 +0000',
  price_unit: 'USD',
  subresource_uris: { media: '/x' },
});

describe('the same message', () => {
  const two = [camel, { ...camel, sid: sidOf(2) }];
  const header =
    'From,To,Body,Status,SentDate,ApiVersion,NumSegments,ErrorCode,AccountSid,Sid,Direction,Price,PriceUnit';
  const csv = (sid: string): string =>
    `+14155550100,+79581112233,"said ""hi"",\nthen left",delivered,2026-11-20T10:00:01Z,2010-04-01,1,,${account},${sid},outbound-api,-0.00790,USD`;
  const shapes: Readonly<Record<string, readonly [string | Uint8Array, number]>> = {
    'BulkExport.json.gz': [gzipSync(jsonLines([record(1), record(2)])), 2],
    'lines.jsonl': [jsonLines([record(1), record(2)]).replaceAll('\n', '\r\n'), 2],
    'no-last-newline.jsonl': [jsonLines([record(1), record(2)]).trimEnd(), 2],
    'byte-order-mark.jsonl': [`\uFEFF${jsonLines([record(1)])}`, 1],
    'cli.json': [JSON.stringify(two), 2],
    'cli-pretty.json': [JSON.stringify(two, null, 2), 2],
    'page.json': [JSON.stringify({ end: 1, first_page_uri: '/x', messages: [rest], next_page_uri: '/y', page: 0 }), 1],
    'page-pretty.json': [JSON.stringify({ first_page_uri: '/x', messages: [rest], page: 0 }, null, 2), 1],
    'objects.json': [`${JSON.stringify(rest, null, 2)}\n${JSON.stringify(record(2), null, 2)}\n`, 2],
    'rest-lines.jsonl': [jsonLines([rest, camel]), 1],
    'two-arrays.json.gz': [
      Buffer.concat([gzipSync(JSON.stringify([camel])), gzipSync(`\n${JSON.stringify([two[1]])}`)]),
      2,
    ],
    'console.csv': [`${header}\n${csv(sidOf(1))}\n${csv(sidOf(2))}`, 2],
    'console-crlf-bom.csv': [`\uFEFF${header}\r\n${csv(sidOf(1))}\r\n`, 1],
    'reordered.csv': [
      `"Sid","PRICE","to","Sent Date","error code","direction","account_sid","Price Unit","num segments","status"\n"${sidOf(1)}","-0.00790","+79581112233","2026-11-20 10:00:01","","Outbound-API","${account}","usd","1","Delivered"\n`,
      1,
    ],
    'semicolons.csv': [
      `Sid;To;Direction;SentDate;Status;Price;AccountSid\n${sidOf(1)};+79581112233;outbound-api;"Fri, 20 Nov 2026 10:00:01 GMT";delivered;-0.0079;${account}\n\n`,
      1,
    ],
  };
  for (const [name, [content, count]] of Object.entries(shapes))
    it(`is read from ${name}`, async () => {
      const { rows, summary } = await rowsOf(name, content);
      expect(summary.bad).toEqual({ count: 0, first: [] });
      expect(rows).toEqual(Array.from({ length: count }, () => expected));
    });
});

describe('odd values', () => {
  it('every kind of recipient has its place', async () => {
    const ends = ['whatsapp:+79581112233', '+7958111XXXX', '12345', 'NORTHWIND', '', '+999', 'sip:a@b'];
    const { rows } = await rowsOf('ends.jsonl', jsonLines(ends.map((to, n) => record(n, { to }))));
    expect(rows.map(({ country, block }) => [country, block])).toEqual([
      ['RU', 17958111],
      ['RU', 17958111],
      ['short-code', 1],
      ['alphanumeric', 2],
      ['unknown', 0],
      ['unknown', 2],
      [expect.anything(), 2],
    ]);
  });

  it('a message that was never sent counts when it was created, and may have no price', async () => {
    const { rows } = await rowsOf(
      'blocked.jsonl',
      jsonLines([record(1, { date_sent: null, price: null, error_code: 30450 })]),
    );
    expect(rows).toMatchObject([{ time: expected.time - 1, price: 0xffff_ffff, error: 30450 }]);
  });

  it('rows that cannot be counted are told with file, line and reason, and the others are counted', async () => {
    const content = [
      JSON.stringify(record(1)),
      '{"sid":"SM',
      '',
      '[1]',
      JSON.stringify(record(2, { sid: `CA${'0'.repeat(32)}` })),
      JSON.stringify(record(3, { date_sent: '03/04/2026', date_created: null })),
      JSON.stringify(record(4, { direction: null })),
      JSON.stringify(record(5, { price: '-5000' })),
      JSON.stringify(record(6)),
    ].join('\n');
    const { rows, summary } = await rowsOf('bad.jsonl', content);
    expect(rows).toHaveLength(2);
    expect(summary.bad.first.map(({ line, defect }) => `${line} ${defect}`)).toEqual([
      '2 not-json',
      '4 not-an-object',
      '5 not-a-message',
      '6 no-date',
      '7 no-direction',
      '8 bad-price',
    ]);
    expect(summary.bad.count).toBe(6);
    expect(summary.bad.first[0]?.file).toBe('bad.jsonl');
  });

  it('a CSV row with other columns than the header is told with the line it begins at', async () => {
    const content = `Sid,To,Direction,SentDate,Body\n${sidOf(1)},+79581112233,inbound,2026-11-20T10:00:01Z,"two\nlines"\n${sidOf(2)},+7\n`;
    const { rows, summary } = await rowsOf('columns.csv', content);
    expect(rows).toHaveLength(1);
    expect(summary.bad.first).toMatchObject([{ line: 4, defect: 'columns-differ' }]);
  });

  it('remembers a bounded number of bad rows and counts all', async () => {
    const { summary } = await rowsOf('many.jsonl', `${jsonLines([record(1)])}${'{}\n'.repeat(5000)}`);
    expect(summary.bad.count).toBe(5000);
    expect(summary.bad.first.length).toBeLessThanOrEqual(1000);
  });

  it('an empty file is no error', async () => {
    expect((await rowsOf('empty.jsonl', '')).summary).toMatchObject({ rows: 0, bad: { count: 0 } });
    expect((await rowsOf('empty.json.gz', gzipSync(''))).summary).toMatchObject({ rows: 0 });
  });
});

describe('one message several times', () => {
  it('counts once, as it was updated last, in whatever order the files come', async () => {
    const sent = jsonLines([record(1, { status: 'sent', price: null }), record(2)]);
    const delivered = jsonLines([record(1, { date_updated: '2026-11-20T11:00:00Z' }), record(3)]);
    const a = files.write('a.jsonl', sent);
    const b = files.write('b.jsonl', delivered);
    for (const [paths, threads] of [
      [[a, b], 0],
      [[b, a], 0],
      [[a, b], 2],
      [[b, a], 2],
    ] as const) {
      const { rows, summary } = await imported(paths, files.index, threads);
      expect(summary).toMatchObject({ rows: 3, superseded: 1 });
      expect(rows.map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']);
    }
  });
});
