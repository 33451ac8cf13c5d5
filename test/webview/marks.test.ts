import { describe, expect, it } from 'vitest';
import { signed, whole } from '../../src/webview/formats.ts';
import { describeSeries } from '../../src/webview/marks/describeSeries.ts';
import { flagIcon } from '../../src/webview/marks/flagIcon.ts';
import type { Mark } from '../../src/webview/marks/mark.ts';
import { timeSeries } from '../../src/webview/marks/timeSeries.ts';
import { rowTexts } from '../../src/webview/rowTexts.ts';
import { row } from './states.ts';

const from = Date.UTC(2026, 10, 14, 10);
const zeros = Array.from({ length: 168 }, () => 0);
const series = {
  from,
  sent: zeros.map((_, i) => (i === 160 ? 1040 : i % 24)),
  blocked: zeros.map((_, i) => (i === 160 ? 400 : 0)),
  expected: zeros.map((_, i) => i % 24),
  lower: zeros,
  upper: zeros.map((_, i) => 20 + (i % 24)),
  usualFrom: 0,
};
const size = { width: 900, height: 220 };
const lastDay = { from: from + 144 * 3_600_000, to: from + 168 * 3_600_000 };

function all(marks: readonly Mark[]): readonly Mark[] {
  return marks.flatMap((mark) => [mark, ...all(mark.children ?? [])]);
}

function withClass(marks: readonly Mark[], name: string): readonly Mark[] {
  return all(marks).filter(({ attributes }) => attributes?.['class'] === name);
}

describe('the time series', () => {
  it('has one column per hour that tells its exact numbers', () => {
    const columns = withClass(timeSeries(series, size, lastDay), 'hour');
    expect(columns).toHaveLength(168);
    expect(columns[160]?.children?.[0]).toEqual({
      tag: 'title',
      text: '21 Nov, 02:00 UTC: 1,040 messages, 400 blocked, 16 expected, up to 36 usual',
    });
  });

  it('hatches blocked messages where there are some, in proportion', () => {
    const marks = timeSeries(series, size, lastDay);
    const [bar, ...others] = withClass(marks, 'blocked');
    expect(others).toEqual([]);
    const column = withClass(marks, 'hour')[160]?.attributes;
    expect(bar?.attributes?.['x']).toBe(column?.['x']);
    // The axis ends at 1,200, the next round number above the peak.
    expect(Number(bar?.attributes?.['height']) / Number(column?.['height'])).toBeCloseTo(400 / 1200, 2);
  });

  it('fills what is above the usual range, from there up', () => {
    const marks = timeSeries(series, size, lastDay);
    const [bar, ...others] = withClass(marks, 'above');
    expect(others).toEqual([]);
    const column = withClass(marks, 'hour')[160]?.attributes;
    expect(Number(bar?.attributes?.['height']) / Number(column?.['height'])).toBeCloseTo((1040 - 36) / 1200, 2);
  });

  it('shades the hours counted and marks every midnight', () => {
    const marks = timeSeries(series, size, lastDay);
    const columns = withClass(marks, 'hour');
    expect(withClass(marks, 'shaded')[0]?.attributes?.['x']).toBe(columns[144]?.attributes?.['x']);
    expect(withClass(marks, 'tick').map(({ text }) => text)).toEqual(
      [15, 16, 17, 18, 19, 20, 21].map((day) => `${day} Nov`),
    );
  });

  it('stays inside its frame and finite, whatever the numbers and the size', () => {
    for (const width of [0, 40, 300, 3000])
      for (const sent of [zeros, zeros.map(() => 1), zeros.map(() => 9_000_000)])
        for (const { attributes = {} } of all(
          timeSeries({ ...series, sent, blocked: sent, expected: zeros }, { width, height: 220 }, lastDay),
        ))
          for (const value of Object.values(attributes)) {
            expect(String(value)).not.toMatch(/NaN|Infinity|undefined/);
            if (typeof value === 'number') expect(value).toBeGreaterThanOrEqual(0);
          }
  });

  it('uses no inline style and no handler', () => {
    for (const { attributes = {} } of all([...timeSeries(series, size, lastDay), flagIcon('surging')]))
      for (const name of Object.keys(attributes)) expect(name).not.toMatch(/^(style|on.*|href)$/);
  });
});

describe('words and numbers', () => {
  it('describe the chart to somebody who does not see it', () => {
    expect(describeSeries(series, 'Russia')).toBe(
      'Messages to Russia by hour, from 14 Nov, 10:00 to 21 Nov, 10:00 UTC. Most in one hour: 1,040 at 21 Nov, 02:00, 16 expected. 400 of 2,956 were blocked.',
    );
    expect(describeSeries({ ...series, sent: zeros, blocked: zeros }, 'Chad')).toContain('None were sent.');
  });

  it('are written the same everywhere', () => {
    expect(whole(1234567.4)).toBe('1,234,567');
    expect([signed(14.2), signed(-3), signed(0.2)]).toEqual(['+14', '−3', '0']);
  });
});

describe('the numbers of a row', () => {
  it('add up as they are shown, also when the usual day is a half', () => {
    expect(rowTexts(row({ observed: 99, expected: 109.5, excess: -10.5 })).slice(0, 3)).toEqual(['99', '110', '−11']);
    expect(rowTexts(row({ observed: 20, expected: 0.5, excess: 19.5 })).slice(0, 3)).toEqual(['20', '1', '+19']);
  });

  it('say when their cost is estimated, and when it will rise', () => {
    const cost = [
      { currency: 'USD', amount: 1433.6 },
      { currency: 'EUR', amount: 0.0075 },
    ];
    expect(rowTexts(row({ cost }))[5]).toBe('1,433.60 USD + 0.0075 EUR');
    expect(rowTexts(row({ cost, costEstimated: true }))[5]).toBe('1,433.60 USD + 0.0075 EUR (estimated)');
    expect(rowTexts(row({ cost: [], unpriced: 3 }))[5]).toBe('– *');
  });
});
