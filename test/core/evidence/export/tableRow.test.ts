import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableRow } from '../../../../src/core/evidence/export/tableRow.ts';
import { columnsOf, type TableSource, tables } from '../../../../src/core/evidence/export/tables.ts';
import type { JsonObject } from '../../../../src/core/model/json.ts';
import { captured, messageRow, sidOf } from './sampleRows.ts';

function asObject(source: TableSource, row: JsonObject, numbers: 'masked' | 'full' = 'full') {
  const cells = tableRow(tables[source], captured(source, row, 7), numbers);
  return Object.fromEntries(columnsOf(tables[source]).map(({ name }, i) => [name, cells[i]]));
}

describe('a row of a table', () => {
  it('has what Twilio wrote as text in the column’s type, with country, block and the line of evidence', () => {
    expect(asObject('messages', messageRow(1))).toMatchObject({
      sid: sidOf('SM', 1),
      date_sent: Date.UTC(2026, 10, 21, 3, 12, 8),
      num_segments: 1,
      price: -0.045,
      country: 'RU',
      number_block: '+7958111xxxx',
      error_code: null,
      capture_file: 'evidence/messages-0001.jsonl.gz',
      capture_line: 7,
      rest: '{"api_version":"2010-04-01"}',
    });
  });

  it('reads BulkExport’s shape as it reads the REST API’s', () => {
    const bulk = messageRow(1, { date_sent: '2026-11-21T03:12:08Z', num_segments: 1 });
    expect(asObject('messages', bulk)).toEqual(asObject('messages', messageRow(1)));
  });

  it.each([
    ['num_segments', 'two'],
    ['num_segments', '9999999999'],
    ['date_sent', 'yesterday 1'],
    ['date_sent', '2026-11-21T03:12:08.123456Z'],
    ['price', '-0.12345678901234567'],
    ['price', '=1+1'],
    ['body', 'half a pair \ud800'],
    ['body', { nested: true }],
    ['error_code', true],
  ])('keeps %s %j in `rest` when its column cannot hold it whole', (name, value) => {
    expect(JSON.parse(String(asObject('messages', messageRow(1, { [name]: value }))['rest']))[name]).toEqual(value);
  });

  it('reads nested fields and leaves what is beside them in `rest`', () => {
    const row = {
      sid: 'VL1',
      price: { value: '0.05', currency: 'EUR', tax: 1 },
      channel_data: { to: '+4915112345678', hop: 'a' },
    };
    expect(asObject('attempts', row)).toMatchObject({
      price: 0.05,
      price_unit: 'EUR',
      to: '+4915112345678',
      country: 'DE',
      rest: '{"price":{"tax":1},"channel_data":{"hop":"a"}}',
    });
  });

  it('keeps a link that does not follow from the SID', () => {
    for (const uri of ['https://evil.example/x', `/2010-04-01/Messages/${sidOf('SM', 2)}.json`])
      expect(asObject('messages', messageRow(1, { uri }))['rest']).toContain(uri);
  });

  it('keeps fields with names of JavaScript’s own', () => {
    const row: JsonObject = JSON.parse('{"sid":"SM1","__proto__":{"a":1},"constructor":"b"}');
    for (const numbers of ['masked', 'full'] as const)
      expect(asObject('messages', row, numbers)['rest']).toBe('{"__proto__":{"a":1},"constructor":"b"}');
  });

  it('loses nothing of any row', () => {
    const names = columnsOf(tables.messages).flatMap(({ path }) => path ?? []);
    const name = fc.oneof(fc.constantFrom(...names), fc.string());
    fc.assert(
      fc.property(fc.dictionary(name, fc.jsonValue()), (anything) => {
        const row: JsonObject = JSON.parse(JSON.stringify(anything));
        const cells = asObject('messages', row);
        const rest = JSON.parse(String(cells['rest'] ?? '{}'));
        for (const [field, value] of Object.entries(row)) {
          if (value === null || Object.hasOwn(rest, field)) continue;
          if (['uri', 'url', 'subresource_uris'].includes(field)) continue;
          const cell = cells[field];
          const text = String(value);
          const same = typeof cell === 'number' ? [Number(text), Date.parse(text)].includes(cell) : cell === text;
          expect(same, field).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('masked numbers', () => {
  it('hide the other end’s last four digits and keep the own number', () => {
    const sent = asObject('messages', messageRow(1), 'masked');
    expect(sent).toMatchObject({
      from: '+14155550100',
      to: '+7958111XXXX',
      country: 'RU',
      number_block: '+7958111xxxx',
    });
    const received = asObject('messages', messageRow(1, { direction: 'inbound' }), 'masked');
    expect(received).toMatchObject({ from: '+1415555XXXX', to: '+79581111234', country: 'US' });
  });

  it('hide both ends where it is not known which is one’s own', () => {
    const call = { sid: sidOf('CA', 1), direction: 'outbound-dial', from: '+442079460123', to: '+79581111234' };
    expect(asObject('calls', call, 'masked')).toMatchObject({ from: '+44207946XXXX', to: '+7958111XXXX' });
  });

  it('hide numbers in texts, in nested data, in names and in numbers, and leave SIDs', () => {
    const row = {
      sid: sidOf('AE', 1),
      event_data: { resource_properties: { phone: { previous: '+79581111234' } }, raw: 79581111234 },
      description: 'Call 79581111234',
      extra: { '79581111234': [sidOf('SM', 12345678)] },
    };
    const { event_data, description, rest, sid } = asObject('events', row, 'masked');
    expect([event_data, description, rest].join()).not.toContain('79581111234');
    expect(rest).toContain(sidOf('SM', 12345678));
    expect(sid).toBe(row.sid);
  });

  it('keep names apart that are the same once they are masked', () => {
    const row = { sid: sidOf('AE', 1), counts: { '79581111234': 1, '79581119999': 2 } };
    expect(asObject('events', row, 'masked')['rest']).toBe('{"counts":{"7958111XXXX":1,"7958111XXXX (2)":2}}');
  });

  it('leave no full number anywhere in a line, whatever the field it came in', () => {
    const field = fc.oneof(
      fc.constantFrom('body', 'to', 'status', 'error_message', 'price', 'sid', 'uri', 'zzz'),
      fc.string(),
    );
    fc.assert(
      fc.property(field, fc.boolean(), (name, nested) => {
        const value = nested ? { in: ['+79581111234'] } : '+79581111234';
        const cells = asObject('messages', messageRow(1, { [name]: value }), 'masked');
        expect(JSON.stringify(cells)).not.toContain('1111234');
      }),
      { numRuns: 500 },
    );
  });
});
