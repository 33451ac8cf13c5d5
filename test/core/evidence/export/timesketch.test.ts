import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tables } from '../../../../src/core/evidence/export/tables.ts';
import { timelineLine } from '../../../../src/core/evidence/export/timesketch.ts';
import { hostileText } from './readCsv.ts';
import { captured, messageRow, sidOf } from './sampleRows.ts';

describe('a line of a Timesketch timeline', () => {
  it('has the three members Timesketch needs and every value of the row', () => {
    const { at, line } = timelineLine(tables.messages, captured('messages', messageRow(1), 3), 'masked');
    expect(at).toBe(Date.UTC(2026, 10, 21, 3, 12, 8));
    expect(JSON.parse(line)).toMatchObject({
      message: 'Message sent: outbound-api · +14155550100 · +7958111XXXX · RU · delivered',
      datetime: '2026-11-21T03:12:08+00:00',
      timestamp_desc: 'Message sent',
      data_type: 'twilio:messages',
      to: '+7958111XXXX',
      date_updated: '2026-11-21T03:12:09+00:00',
      capture_line: 3,
    });
  });

  it('takes the next best time, and says when there is none', () => {
    const created = timelineLine(tables.messages, captured('messages', messageRow(1, { date_sent: null })), 'full');
    expect(JSON.parse(created.line)).toMatchObject({
      timestamp_desc: 'Message created',
      datetime: '2026-11-21T03:12:07+00:00',
    });
    const none = timelineLine(tables.events, captured('events', { sid: sidOf('AE', 1) }), 'full');
    expect(JSON.parse(none.line)).toMatchObject({
      timestamp_desc: 'Not a time',
      datetime: '1970-01-01T00:00:00+00:00',
    });
  });

  it('is one visible line that returns hostile text exactly', () => {
    fc.assert(
      fc.property(hostileText, (body) => {
        const { line } = timelineLine(
          tables.messages,
          captured('messages', messageRow(1, { body, status: body })),
          'full',
        );
        expect(line.slice(0, -1)).not.toMatch(/[\p{C}\u2028\u2029]/u);
        const event = JSON.parse(line);
        const rest = JSON.parse(event.rest ?? '{}');
        expect(rest.body ?? event.body).toBe(body);
        expect(event.message).not.toMatch(/[\p{C}\u2028\u2029]/u);
      }),
      { numRuns: 3000 },
    );
  });

  it('says what happened in words that link to nothing', () => {
    const row = captured('alerts', { sid: sidOf('NO', 1), alert_text: 'see https://evil.example/x?to=+79581111234' });
    const { message } = JSON.parse(timelineLine(tables.alerts, row, 'masked').line);
    expect(message).toBe('Not a time: see hxxps[://]evil[.]example/x?to=+7958111XXXX');
  });

  it('never lets a row take the place of the members Timesketch reads', () => {
    const row = captured('events', { sid: sidOf('AE', 1), datetime: 'x', message: 'y', source: 'api', data_type: 'z' });
    const event = JSON.parse(timelineLine(tables.events, row, 'full').line);
    expect(event).toMatchObject({
      datetime: '1970-01-01T00:00:00+00:00',
      event_source: 'api',
      data_type: 'twilio:events',
    });
    expect(event).not.toHaveProperty('source');
    expect(JSON.parse(event.rest)).toMatchObject({ datetime: 'x', message: 'y', data_type: 'z' });
  });
});
