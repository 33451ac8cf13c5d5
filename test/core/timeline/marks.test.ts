import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../src/core/timeline/instant.ts';
import { annotationRecord, handRecord, marksOf, starRecord } from '../../../src/core/timeline/marks.ts';
import { journal } from '../incidentView/journal.ts';
import { midnight } from './entries.ts';

describe('marks', () => {
  it('keep the last star and every annotation of an entry', () => {
    const records = journal(
      starRecord('AE1', true),
      annotationRecord('AE1', 'ours'),
      starRecord('AE2', true),
      starRecord('AE2', false),
      annotationRecord('AE1', 'no, theirs'),
    );
    expect([...marksOf(records)]).toEqual([
      ['AE1', { isStarred: true, notes: ['ours', 'no, theirs'] }],
      ['AE2', { isStarred: false, notes: [] }],
    ]);
  });

  it('ignore records that lack what they need', () => {
    const records = journal(
      { type: 'star' },
      { type: 'annotation', entry: 'AE1' },
      { type: 'star', entry: 'AE1', starred: 1 },
    );
    expect(marksOf(records).get('AE1')?.isStarred ?? false).toBe(false);
    expect(marksOf(records).get('AE1')?.notes ?? []).toEqual([]);
  });

  it('write a Support contact as the RCA reads it, and what it is when it is a note', () => {
    const happened = '2026-11-21T00:00:00.000Z';
    expect(handRecord('support', '#1234', midnight)).toEqual({ type: 'support-contact', ticket: '#1234', happened });
    expect(handRecord('decision', 'close it', midnight)).toEqual({
      type: 'note',
      kind: 'decision',
      text: 'close it',
      happened,
    });
  });
});

describe('parseInstant', () => {
  const now = midnight + 12 * 3_600_000;

  it('reads a time as UTC, with seconds or without, and “now”', () => {
    expect(parseInstant('2026-11-21 03:14', now)).toBe(Date.UTC(2026, 10, 21, 3, 14));
    expect(parseInstant(' 2026-11-21T03:14:05Z ', now)).toBe(Date.UTC(2026, 10, 21, 3, 14, 5));
    expect([parseInstant('now', now), parseInstant('', now)]).toEqual([now, now]);
  });

  it.each(['2026-02-31 03:14', '2026-11-21', '2026-11-21 25:00', '21.11.2026 03:14', '2026-11-21 03:14 CET'])(
    'says how to write it instead of taking %s',
    (text) => {
      expect(parseInstant(text, now)).toMatch(/in UTC like/);
    },
  );

  it('takes nothing that lies ahead, but clocks may differ by a minute', () => {
    expect(parseInstant('2026-11-21 12:02', now)).toMatch(/future/);
    expect(parseInstant('2026-11-21 12:01', now)).toBe(now + 60_000);
  });
});
