import { describe, expect, it } from 'vitest';
import { worldRows } from '../../../bench/validate/worldRows.ts';
import { signals } from '../../../src/core/signalRegistry.ts';
import { validate, validatedSources } from '../../../src/core/validate/validate.ts';
import { generateWorld, type WorldOptions } from '../../../src/simulator/generate/generateWorld.ts';
import { accountTakeover } from '../../../src/simulator/incidents/accountTakeover.ts';
import { campaignBlast } from '../../../src/simulator/incidents/campaignBlast.ts';
import { smsPumping } from '../../../src/simulator/incidents/smsPumping.ts';
import { day, hour, now } from './captured.ts';

async function assessed(options: Partial<WorldOptions>) {
  const world = generateWorld({
    seed: 5,
    now: () => now,
    days: 21,
    messagesPerDay: 300,
    subaccounts: 1,
    countries: 8,
    numbers: 6,
    callsPerDay: 20,
    ...options,
  });
  const sources = new Set(validatedSources);
  async function* rows() {
    yield* worldRows(world, 20, sources);
  }
  const coverage = validatedSources.map(
    (source) => ({ source, account: world.main, state: 'complete', why: [] }) as const,
  );
  return (await validate({ signals, rows, coverage, now })).assessment;
}

describe('whole worlds', () => {
  it('show pumping after a takeover as both, the takeover first', { timeout: 60_000 }, async () => {
    const incidents = [
      accountTakeover({ account: 0, start: now - 6 * hour, openedCountries: ['RU'] }),
      smsPumping({
        account: 1,
        shape: 'new-country',
        countries: ['RU'],
        start: now - 4 * hour,
        end: now - hour,
        perHour: 300,
        verifyShare: 0.3,
      }),
    ];
    const { verdicts, first } = await assessed({ incidents, withoutCountries: ['RU'] });
    expect(verdicts.slice(0, 2).map(({ type, grade }) => `${type} ${grade}`)).toEqual([
      'account-takeover confirmed',
      'sms-pumping confirmed',
    ]);
    expect(first).toBe('sanitize the account');
  });

  it('show a campaign as nothing to act on', { timeout: 60_000 }, async () => {
    const lookAlikes = [campaignBlast({ account: 1, start: now - day, country: 'GB', messages: 800 })];
    const { verdicts, first, attack } = await assessed({ lookAlikes });
    expect(verdicts.map(({ grade }) => grade)).toEqual(Array(4).fill('unlikely'));
    expect([first, attack]).toEqual(['nothing', 'none seen']);
  });
});
