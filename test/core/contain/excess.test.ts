import { expect, test } from 'vitest';
import { attackedAccounts, excessOf, isPumping } from '../../../src/core/contain/excess.ts';
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
  // Nobody else of the demo's customer sends there, so the main account's list can be closed without harm.
  expect([...(attackedAccounts(report)[0]?.onlyHere ?? [])]).toEqual(expect.arrayContaining([demoStory.attackCountry]));
  expect(isPumping(report)).toBe(true);
});

test('a country that others send to as well, or may, is not one where only the attacked account sends', () => {
  const report = worldReport(createDemoWorld({ now: () => now }));
  const alone = (changed: typeof report) => attackedAccounts(changed)[0]?.onlyHere?.has(demoStory.attackCountry);
  const otp = report.accounts.find(({ account }) => account === demoStory.accounts.productionOtp);
  const series = [...(otp?.table ?? [])].find(([country]) => country === demoStory.attackCountry)?.[1];
  if (!series) throw new Error('the demo is not attacked');
  const others = report.accounts.map((one) =>
    one.account === demoStory.accounts.marketing
      ? { ...one, table: new Map([...one.table, [demoStory.attackCountry, series] as const]) }
      : one,
  );
  expect(alone({ ...report, accounts: others })).toBe(false);
  expect(alone({ ...report, gaps: ['Not all subaccounts could be listed.'] })).toBe(false);
});
