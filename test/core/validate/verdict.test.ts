import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../src/core/accounts/nodeKind.ts';
import { signals } from '../../../src/core/signalRegistry.ts';
import { clean, hit, notEnough, say } from '../../../src/core/validate/results.ts';
import type { SignalId, SignalResult } from '../../../src/core/validate/signal.ts';
import { assess } from '../../../src/core/validate/verdict.ts';

/** All indicators clean but those told. */
function judged(found: Partial<Record<SignalId, SignalResult>>) {
  return signals.map((signal) => ({ signal, result: found[signal.id] ?? clean(say`Nothing.`) }));
}

const found = (severity: Severity, first?: number): SignalResult => hit(severity, say`Something.`, { first });
const gradeOf = (results: Partial<Record<SignalId, SignalResult>>) =>
  assess(judged(results)).verdicts.find(({ type }) => type === 'sms-pumping')?.grade;

describe('the verdict on a type of fraud', () => {
  it.each([
    ['confirmed', { P1: found('critical'), P2: found('critical') }],
    ['confirmed', { P1: found('critical'), P3: found('warning'), P5: found('warning') }],
    ['likely', { P1: found('critical') }],
    ['likely', { P1: found('warning'), P3: found('warning'), P5: found('warning') }],
    ['possible', { P1: found('warning') }],
    ['unlikely', { P1: found('notice'), P2: found('notice'), P3: found('notice'), P5: found('notice') }],
    ['unlikely', {}],
  ] as const)('is %s', (grade, results) => {
    expect(gradeOf(results)).toBe(grade);
  });

  it('cannot be told when nothing of it was collected', () => {
    const none = notEnough(say`Nothing.`);
    expect(gradeOf({ P1: none, P2: none, P3: none, P4: none, P5: none, P6: none })).toBe('cannot tell');
  });

  it('names the indicators for it, against it and open, and when it began', () => {
    const { verdicts } = assess(
      judged({ P1: found('notice', 1), P2: found('critical', 3_600_000), P5: notEnough(say`Nothing.`) }),
    );
    expect(verdicts[0]).toMatchObject({ type: 'sms-pumping', for: ['P2', 'P1'], open: ['P5'], start: 3_600_000 });
    expect(verdicts[0]?.against).toEqual(['P3', 'P4', 'P6']);
    expect(verdicts[0]?.sentence).toBe(
      'SMS pumping is likely, since 1970-01-01 01:00 UTC (for: P2, P1; against: P3, P4, P6; open: P5).',
    );
  });
});

describe('what comes first', () => {
  it('is the account whenever there is any sign of a takeover, however strong the others', () => {
    const { verdicts, first, attack } = assess(
      judged({ A4: found('warning'), P1: found('critical'), P2: found('critical') }),
    );
    expect(verdicts.map(({ type }) => type).slice(0, 2)).toEqual(['account-takeover', 'sms-pumping']);
    expect([first, attack]).toEqual(['sanitize the account', 'using the account']);
  });

  it('is the traffic when there is none', () => {
    expect(assess(judged({ P1: found('critical') }))).toMatchObject({
      first: 'counter the traffic',
      attack: 'on the account',
    });
  });

  it('is left open without the audit log', () => {
    const none = notEnough(say`Nothing.`);
    const { attack, settle } = assess(
      judged({ P1: found('critical'), A1: none, A2: none, A3: none, A4: none, A5: none, A6: none, A7: none, A8: none }),
    );
    expect(attack).toBe('cannot tell');
    expect(
      settle.some((sentence) =>
        sentence.startsWith('Collecting security events, or more days of them, would settle A1'),
      ),
    ).toBe(true);
    const sentences = assess(judged({ P1: none, P2: none, P5: none, T1: none, A4: none, S1: none })).settle;
    expect(sentences).toHaveLength(5);
    expect(sentences).toEqual(
      expect.arrayContaining([
        'Collecting messages or Verify attempts, or more days of them, would settle P1, P2.',
        'Collecting Verify attempts, or more days of them, would settle P5.',
        'Collecting security events or API keys, or more days of them, would settle A4.',
        'Collecting calls, or more days of them, would settle T1.',
        'Collecting messages, or more days of them, would settle S1.',
      ]),
    );
  });

  it('is nothing in a quiet account', () => {
    expect(assess(judged({ P1: found('notice') }))).toMatchObject({ first: 'nothing', attack: 'none seen' });
  });
});
