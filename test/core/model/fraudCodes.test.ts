import { describe, expect, it } from 'vitest';
import { fraudCodes } from '../../../src/core/model/fraudCodes.ts';

/** The codes of Twilio's fraud guide, and those its sources add. */
const guide = [
  13227, 21215, 32205, 20003, 30002, 30003, 30004, 30005, 30006, 30007, 30008, 30450, 30442, 30444, 32201, 32202, 32203,
  14107, 20429, 63018, 60410, 21408, 30453, 60605, 60203, 60212, 60207, 30110, 30111, 21610, 32017, 30649, 30409,
];

describe('the error codes of the fraud guide', () => {
  it('are each explained in a sentence, with one that says what to do', () => {
    for (const code of guide) {
      const known = fraudCodes.get(code);
      expect(`${code} ${known?.meaning}`).toMatch(/^\d+ [A-Z].*\.$/);
      expect(`${code} ${known?.todo}`).toMatch(/^\d+ [A-Z].*\.$/);
    }
  });

  it('call the codes by which Twilio itself stops pumping critical', () => {
    expect([30450, 30453, 60410].map((code) => fraudCodes.get(code)?.level)).toEqual([
      'critical',
      'critical',
      'critical',
    ]);
  });
});
