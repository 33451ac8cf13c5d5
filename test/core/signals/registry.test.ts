import { describe, expect, it } from 'vitest';
import { signals } from '../../../src/core/signalRegistry.ts';
import { judge, told } from '../validate/captured.ts';

const ids = [
  'A1',
  'A2',
  'A3',
  'A4',
  'A5',
  'A6',
  'A7',
  'A8',
  'P1',
  'P2',
  'P3',
  'P4',
  'P5',
  'P6',
  'S1',
  'S2',
  'S3',
  'S4',
  'T1',
  'T2',
  'T3',
  'T4',
  'T5',
  'T6',
  'T7',
];
const types = { A: 'account-takeover', P: 'sms-pumping', S: 'smishing', T: 'toll-fraud' } as const;

describe('the indicators', () => {
  it('are the 25 of the guide, each of the type its letter stands for', () => {
    expect(signals.map(({ id }) => id).toSorted()).toEqual(ids);
    for (const { id, type } of signals)
      expect(Object.entries(types).find(([letter]) => id.startsWith(letter))?.[1]).toBe(type);
  });

  it('say that there is not enough data when nothing was collected, and what the API never shows', async () => {
    const { judged, assessment } = await judge([], []);
    const states = Object.fromEntries(judged.map(({ signal, result }) => [signal.id, told(result)]));
    for (const id of ids) {
      const expected =
        id === 'P4' || id === 'T6' ? 'not visible by API' : id === 'A8' ? 'not checked yet' : 'not enough data';
      expect(`${id} ${states[id]}`).toBe(`${id} ${expected}`);
    }
    expect(assessment.verdicts.map(({ grade }) => grade)).toEqual(Array(4).fill('cannot tell'));
    expect(assessment.attack).toBe('cannot tell');
    const settle = assessment.settle.join('\n');
    expect(settle).toContain('Collecting security events, or more days of them, would settle A1, A3, A5, A6.');
    expect(settle).toContain('Collecting messages, alerts or Verify attempts, or more days of them, would settle P6.');
    for (const id of ids) expect(settle.match(new RegExp(`\\b${id}\\b`, 'g'))).toHaveLength(1);
  });

  it('say where to look when the API cannot tell', async () => {
    const { judged } = await judge([], []);
    const blind = judged.filter(({ result }) => result.state === 'not visible by API');
    expect(blind.map(({ result }) => result.check?.where)).toEqual(Array(2).fill(expect.stringContaining('logs')));
  });

  it('are clean, not without data, when sources were read and held nothing that speaks of fraud', async () => {
    const { of } = await judge([]);
    for (const id of ['P6', 'T1', 'T2', 'T3', 'T4', 'T5', 'T7', 'A3', 'A4', 'A5', 'A6'] as const)
      expect(`${id} ${told(of(id))}`).toBe(`${id} clean`);
  });
});
