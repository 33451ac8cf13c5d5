import { expect, test } from 'vitest';
import { attackedAccounts, excessOf } from '../../../src/core/contain/excess.ts';
import { createDemoWorld, demoStory } from '../../../src/simulator/demo.ts';
import { worldReport } from '../traffic/worldReport.ts';

const now = Date.UTC(2026, 10, 21, 12);

test('the excess of an account is told for the countries where its messages surge, and for no other account', () => {
  const report = worldReport(createDemoWorld({ now: () => now }));
  const attacked = excessOf(report, demoStory.accounts.productionOtp);
  expect([...attacked.keys()]).toContain(demoStory.attackCountry);
  expect(attacked.get(demoStory.attackCountry)).toBeGreaterThan(100);
  const others = report.accounts.filter(({ account }) => account !== demoStory.accounts.productionOtp);
  expect(attackedAccounts(report).map(({ name }) => name)).toEqual(['Production OTP']);
  expect(others.flatMap(({ account }) => [...excessOf(report, account).keys()])).toEqual([]);
});
