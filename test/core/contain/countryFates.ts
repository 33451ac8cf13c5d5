import { iso31661 } from 'iso-3166';
import closeSmsCountry from '../../../src/core/actions/closeSmsCountry.ts';
import closeVoiceCountry from '../../../src/core/actions/closeVoiceCountry.ts';
import { applyPlan, type Result } from '../../../src/core/contain/apply.ts';
import { makePlan } from '../../../src/core/contain/plan.ts';
import type { Target } from '../../../src/core/contain/target.ts';
import { UserError } from '../../../src/core/errors.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { Twilio } from '../../../src/core/ports.ts';
import type { TwilioRequest } from '../../../src/core/twilio/request.ts';
import { below, type Random, stream } from '../../../src/simulator/random.ts';
import { mainSid, type SmallWorld, smallWorld } from '../../simulator/smallWorld.ts';
import { directTwilio } from './directTwilio.ts';
import { connection } from './leverWorld.ts';

/** What Twilio makes of closing a country. `late` acts some reads afterwards; `lost` never answers. */
export type Fate = 'ok' | 'error 30649' | 'ignored' | 'late' | 'lost, done' | 'lost, not done' | 'forbidden';

/** All countries and territories of ISO 3166-1: 249. */
export const countries: readonly string[] = iso31661.map(({ alpha2 }) => alpha2);

/** How closing each country ended, and whether it is closed at that moment. */
export interface Closed {
  readonly results: readonly { readonly iso: string; readonly result: Result; readonly isClosed: boolean }[];
  /** How many the plan is to change: Twilio has no dialing permissions for some territories. */
  readonly planned: number;
  /** Requests that were sent, by country. */
  readonly sent: readonly string[];
}

/** Closes countries for SMS or for calls in one plan, and lets Twilio treat each as it is fated. */
export async function closeCountries(
  channel: 'sms' | 'voice',
  isos: readonly string[],
  fateOf: (iso: string) => Fate,
): Promise<Closed> {
  const world = smallWorld();
  for (const iso of isos) {
    world.mainAccount.smsGeo.set(iso, true);
    world.mainAccount.voiceGeo.set(iso, { lowRisk: true, highRiskSpecial: false, highRiskTollfraud: true });
  }
  const { twilio, sent } = fated(world, fateOf);
  const results: Closed['results'][number][] = [];
  const journal = {
    async append({ type, result, target }: JsonObject) {
      const iso = String(target).slice(-2);
      if (type === 'outcome') results.push({ iso, result: result as Result, isClosed: closedIn(world, channel, iso) });
    },
  };
  const clock = { now: () => world.now() };
  // What depends on a country takes many reads and is not what this is about.
  const base = channel === 'sms' ? closeSmsCountry : closeVoiceCountry;
  const action = { ...base, evidence: () => ({}) };
  const kind = channel === 'sms' ? 'smsCountry' : 'voiceCountry';
  const targets = isos.map((iso): Target => ({ kind, account: mainSid, name: iso, iso }));
  const plan = await makePlan(action as Parameters<typeof makePlan>[0], targets, {
    ...{ connection, twilio, clock },
    newId: () => 'plan',
  });
  await applyPlan(plan, { connectionId: connection.id, twilio, journal, clock, delay: async () => {} });
  return { results, sent, planned: plan.items.length };
}

function closedIn({ mainAccount }: SmallWorld, channel: 'sms' | 'voice', iso: string): boolean {
  return channel === 'sms'
    ? mainAccount.smsGeo.get(iso) === false
    : Object.values(mainAccount.voiceGeo.get(iso) ?? { open: true }).every((open) => !open);
}

function fated(world: SmallWorld, fateOf: (iso: string) => Fate): { twilio: Twilio; sent: string[] } {
  const direct = directTwilio(world);
  const sent: string[] = [];
  const pending: { request: TwilioRequest; reads: number }[] = [];
  const lost = () => new UserError('outcome-unknown', 'The connection broke.');
  return {
    sent,
    twilio: {
      async page(request) {
        for (const late of pending.splice(0)) {
          late.reads -= 1;
          if (late.reads <= 0) await direct.send(late.request);
          else pending.push(late);
        }
        return direct.page(request);
      },
      async send(request) {
        const iso = isoOf(request);
        sent.push(iso);
        const fate = fateOf(iso);
        if (fate === 'ok') return direct.send(request);
        if (fate === 'forbidden') throw new UserError('not-permitted', 'Twilio refused it.', { status: 403 });
        if (fate === 'lost, done') await direct.send(request);
        if (fate === 'late') pending.push({ request, reads: 5 });
        if (fate.startsWith('lost')) throw lost();
        const read = await direct.page({ operation: 'fetchAccount', account: mainSid });
        const complaint = fate === 'error 30649' ? { error_code: 30649 } : { enabled: false };
        return { ...read, body: { permissions: [{ country_code: iso, type: 'country', ...complaint }] } };
      },
    },
  };
}

function isoOf({ form }: TwilioRequest): string {
  const text = String(form?.['Permissions'] ?? form?.['UpdateRequest']);
  return /"(?:country_code|iso_code)":"([A-Z]{2})"/.exec(text)?.[1] ?? '';
}

/** What came of random plans. `untrue` counts items called done that the account did not hold at that moment. */
export interface FatedRuns {
  runs: number;
  items: number;
  untrue: number;
  /** Items without exactly one outcome. */
  uncounted: number;
  readonly ends: Record<string, number>;
}

/** Closes all countries again and again, each time with another mix of fates. */
export async function fatedRuns(runs: number, seed = 1): Promise<FatedRuns> {
  const totals: FatedRuns = { runs, items: 0, untrue: 0, uncounted: 0, ends: {} };
  for (let run = 0; run < runs; run += 1) {
    const random = stream(seed, 'fates', run);
    const channel = run % 2 === 0 ? 'sms' : 'voice';
    const fates = new Map(countries.map((iso) => [iso, fate(random, channel, run >> 1)]));
    const { results, planned } = await closeCountries(channel, countries, (iso) => fates.get(iso) ?? 'ok');
    totals.items += results.length;
    if (results.length !== planned || new Set(results.map(({ iso }) => iso)).size !== planned) totals.uncounted += 1;
    for (const { result, isClosed } of results) {
      totals.ends[result] = (totals.ends[result] ?? 0) + 1;
      if (result === 'done' && !isClosed) totals.untrue += 1;
    }
  }
  return totals;
}

/** Fates after which a plan goes on. Dialing permissions may show late, which is waited for; they have no errors of their own. */
const harmless = { sms: ['ok', 'error 30649', 'lost, done'], voice: ['ok', 'late', 'lost, done'] } as const;
const ending: readonly Fate[] = ['ignored', 'lost, not done', 'forbidden'];

/** What ends a plan is rare enough in most runs for the plan to go far. */
function fate(random: Random, channel: 'sms' | 'voice', run: number): Fate {
  const rate = [0.3, 0, 0.002, 0.01][run % 4] ?? 0;
  const list = random.next() < rate ? ending : harmless[channel];
  return list[below(random, list.length)] ?? 'ok';
}
