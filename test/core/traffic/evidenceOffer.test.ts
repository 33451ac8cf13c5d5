import { expect, test } from 'vitest';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import { evidenceOffer } from '../../../src/core/traffic/evidenceOffer.ts';
import type { TrafficReport } from '../../../src/core/traffic/report.ts';

const account = `AC${'1'.repeat(32)}` as AccountSid;
const report = (messages: number): TrafficReport => ({
  window: { from: 0, to: 1 },
  accounts: [{ account, name: 'Acme', table: new Map(), messages }],
  gaps: [],
});

test('what collecting the days before takes is told by the report’s own days', () => {
  expect(evidenceOffer(report(70_000), 7)).toEqual({ days: 7, requests: 77, seconds: 0 });
});

test('nothing is offered where the detector judges already, the window is long enough, or nothing was sent', () => {
  const known = { accounts: [{ account, since: 0, days: 13 }], usual: [], findings: [] };
  expect(evidenceOffer({ ...report(70_000), detected: known }, 7)).toBeUndefined();
  expect(evidenceOffer(report(70_000), 0)).toBeUndefined();
  expect(evidenceOffer(report(0), 7)).toBeUndefined();
});
