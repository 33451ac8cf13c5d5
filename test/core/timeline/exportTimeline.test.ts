import { describe, expect, it } from 'vitest';
import { exportTimeline } from '../../../src/core/timeline/exportTimeline.ts';
import { entry } from './entries.ts';

const hostile = entry('AE1', 194, {
  about: ['=HYPERLINK("https://evil.example")', 'to +14155551234'],
  notes: ['call\n+442071838750'],
  isStarred: true,
  citations: ['E1:4'],
});

describe('an exported timeline', () => {
  it('is CSV that holds no formula, no line end within a cell and no whole number of anybody', () => {
    const lines = exportTimeline([hostile], [], 'csv').trimEnd().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('"2026-11-21T03:14:00.000Z","Security events","What AE1 is","\'=HYPERLINK');
    expect(lines[1]).toContain('"yes","E1:4","AE1"');
    expect(lines[1]).toContain('+1415555XXXX');
    expect(lines[1]).not.toContain('8750');
  });

  it('is JSON Lines as Timesketch reads them', () => {
    const [line = ''] = exportTimeline([hostile], [], 'jsonl').split('\n');
    expect(JSON.parse(line)).toMatchObject({
      datetime: '2026-11-21T03:14:00.000+00:00',
      timestamp_desc: 'Security events',
      starred: true,
      evidence: ['E1:4'],
      entry: 'AE1',
    });
    expect(line).not.toMatch(/1234|8750|https:\/\/evil/);
  });

  it.each(['csv', 'jsonl'] as const)('says first in %s what it lacks', (format) => {
    const text = exportTimeline([hostile], ['Alerts of AC…0000 are not collected.'], format);
    expect(text).toContain('Evidence is incomplete');
    expect(text.indexOf('Alerts of')).toBeGreaterThan(0);
    expect(text.indexOf('Alerts of')).toBeLessThan(text.indexOf('What AE1 is'));
  });
});
