import { describe, expect, it } from 'vitest';
import { fraudCodes } from '../../../src/core/model/fraudCodes.ts';
import errorCodes from '../../../src/core/nodes/errorCodes.ts';
import { explain } from '../../../src/core/rca/help.ts';
import { logEntries } from '../../../src/core/timeline/evidenceEntries.ts';
import { entryRow } from '../../../src/core/timeline/timelineRows.ts';
import { sid } from '../fakeTwilio.ts';
import { branchesOf, now } from '../nodes/branchesOf.ts';

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

  it('are told with both in the tree, in the timeline and at the pointer', () => {
    const date = new Date(now - 60_000).toISOString();
    const alerts = guide.map((code, i) => ({ sid: sid('NO', i), error_code: String(code), date_created: date }));
    const branches = branchesOf(errorCodes, ['listAlerts', alerts]);
    for (const code of guide) {
      const { meaning = '', todo = '' } = fraudCodes.get(code) ?? {};
      const both = [
        { name: 'Meaning', value: meaning },
        { name: 'What to do', value: todo },
      ];
      expect(branches.find(({ id }) => id === String(code))?.facts).toEqual(expect.arrayContaining(both));
      const [entry] = logEntries({ events: [], codes: [{ code, count: 1, first: now, last: now, citations: [] }] });
      const row = entry && entryRow({ ...entry, isStarred: false, notes: [] });
      expect(row?.facts).toEqual(expect.arrayContaining(both));
      expect(explain(String(code), { accounts: [], evidence: undefined, records: [] })).toEqual([
        expect.stringContaining(String(code)),
        meaning,
        `What to do: ${todo}`,
      ]);
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
