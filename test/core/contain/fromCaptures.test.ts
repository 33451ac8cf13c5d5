import { expect, test } from 'vitest';
import closeSmsCountry from '../../../src/core/actions/closeSmsCountry.ts';
import closeVoiceCountry from '../../../src/core/actions/closeVoiceCountry.ts';
import { sentTo } from '../../../src/core/contain/excess.ts';
import { answersFrom, type CapturesParts } from '../../../src/core/contain/fromCaptures.ts';
import { makePlan } from '../../../src/core/contain/plan.ts';
import type { Capture } from '../../../src/core/evidence/capture.ts';
import type { CapturedRow } from '../../../src/core/evidence/evidenceStore.ts';
import type { SourceId } from '../../../src/core/evidence/source.ts';
import { utc } from '../../../src/core/model/age.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { TwilioRequest } from '../../../src/core/twilio/request.ts';
import { createDemoWorld, demoStory } from '../../../src/simulator/demo.ts';
import { day, hour, mainSid, noon, sid, subSid } from '../../simulator/smallWorld.ts';
import { worldReport } from '../traffic/worldReport.ts';
import { withLevers } from './leverWorld.ts';

const week = { from: noon - 7 * day, to: noon - hour };

function capture(source: SourceId, over: Partial<Capture['slices'][number]> = {}): { readonly capture: Capture } {
  const slice = { account: subSid, window: week, complete: true, line: 1, rows: 0, pages: [], ...over };
  return { capture: { file: `evidence/${source}-0001.jsonl.gz`, sha256: '', bytes: 1, source, slices: [slice] } };
}
const captured = (source: SourceId, row: JsonObject, account = subSid): CapturedRow => ({
  source,
  account,
  row,
  file: `evidence/${source}-0001.jsonl.gz`,
  line: 1,
});
const message = (number: number, to: string, at = noon - 2 * day): JsonObject => ({
  sid: sid('SM', number),
  to,
  from: '+14155550100',
  direction: 'outbound-api',
  date_sent: new Date(at).toUTCString(),
});
const attempt = (number: number, to: string, conversion_status: string): JsonObject => ({
  sid: sid('VL', number),
  date_created: new Date(noon - day).toISOString(),
  conversion_status,
  channel_data: { to, country: 'RU' },
});

function parts(rows: readonly CapturedRow[], over: Partial<CapturesParts> = {}): CapturesParts {
  return {
    held: [capture('messages'), capture('attempts'), capture('calls')],
    rows: async function* (sources) {
      yield* rows.filter(({ source }) => sources.includes(source));
    },
    now: noon,
    isOver: () => false,
    ...over,
  };
}
const messagesTo = (to: string, account = subSid): TwilioRequest => ({
  operation: 'listMessages',
  account,
  query: { 'DateSent>': '2026-11-14', To: to },
});
const ask = async (request: TwilioRequest, from: CapturesParts) => (await answersFrom([request], from))(request);

test('messages to a prefix are answered from captures that cover the account, each once, in their window', async () => {
  const rows = [
    captured('messages', message(1, '+79581110001')),
    captured('messages', message(1, '+79581110001')),
    captured('messages', message(2, '+79581110002')),
    captured('messages', message(3, '+447400123456')),
    captured('messages', message(4, '+79581110004', noon - 9 * day)),
    captured('messages', message(5, '+79581110005'), mainSid),
  ];
  const answer = await ask(messagesTo('+7*'), parts(rows));
  expect(answer?.rows.map((row) => row['sid'])).toEqual([sid('SM', 1), sid('SM', 2)]);
  expect(answer?.basis).toBe('2026-11-14 12:00 to 2026-11-21 11:00 UTC, in the evidence of this incident');
});

test.each<[string, Partial<CapturesParts>]>([
  ['of another account', { held: [capture('messages', { account: mainSid })] }],
  ['of another source', { held: [capture('alerts')] }],
  ['that are incomplete', { held: [capture('messages', { complete: false, why: 'stopped' })] }],
  ['that end too early', { held: [capture('messages', { window: { from: noon - 9 * day, to: noon - 2 * day } })] }],
  ['of an hour', { held: [capture('messages', { window: { from: noon - 2 * hour, to: noon - hour } })] }],
  ['that cannot be read through in time', { isOver: () => true }],
])('captures %s answer nothing', async (_, over) => {
  expect(await ask(messagesTo('+7*'), parts([captured('messages', message(1, '+79581110001'))], over))).toBeUndefined();
});

test('a read with a filter that captures cannot apply, and who made a key by a week of events, are left to Twilio', async () => {
  const live: TwilioRequest = { operation: 'listCalls', account: subSid, query: { Status: 'in-progress' } };
  expect(await ask(live, parts([]))).toBeUndefined();
  const who: TwilioRequest = { operation: 'listEvents', account: subSid, query: { ResourceSid: sid('SK', 1) } };
  const event = captured('events', {
    sid: sid('AE', 1),
    resource_sid: sid('SK', 1),
    event_date: new Date(noon - hour).toISOString(),
  });
  expect(await ask(who, parts([event], { held: [capture('events')] }))).toBeUndefined();
  const month = { from: noon - 30 * day, to: noon };
  const found = await ask(who, parts([event], { held: [capture('events', { window: month })] }));
  expect(found?.rows).toHaveLength(1);
});

test('a plan counts what depends on a country in the evidence, and asks Twilio for nothing that is there', async () => {
  await withLevers(async (at) => {
    at.world.sub.smsGeo.set('RU', true);
    const rows = [
      ...Array.from({ length: 1200 }, (_, n) =>
        captured('messages', message(n, `+7958111${String(n).padStart(4, '0')}`)),
      ),
      captured('messages', message(5000, '+77012345678')),
      captured('attempts', attempt(1, '+79581110001', 'converted')),
      captured('attempts', attempt(2, '+79581110002', 'unconverted')),
    ];
    const target = { kind: 'smsCountry', account: subSid, name: 'Russia', iso: 'RU' } as const;
    const asked: string[] = [];
    const twilio: typeof at.twilio = {
      ...at.twilio,
      page(request, cancel) {
        asked.push(request.operation);
        return at.twilio.page(request, cancel);
      },
    };
    const known = { captured: (requests: readonly TwilioRequest[]) => answersFrom(requests, parts(rows)) };
    const plan = await makePlan(closeSmsCountry, [target], { ...at.planning, twilio, ...known });
    const facts = Object.fromEntries((plan.items[0]?.blastRadius ?? []).map(({ name, value }) => [name, value]));
    const basis = '2026-11-14 12:00 to 2026-11-21 11:00 UTC, in the evidence of this incident';
    expect(facts[`Messages, ${basis}`]).toBe('1200, from 1 senders to 1200 recipients');
    expect(facts[`Verifications, ${basis}`]).toBe('2, 50 % unconverted; 1 recipients converted and will be refused');
    expect(facts['Other accounts that sent there']).toContain('unknown');
    expect(asked).not.toContain('listMessages');
    expect(asked).not.toContain('listVerifyAttempts');
    const live = await makePlan(closeSmsCountry, [target], { ...at.planning, twilio });
    expect(live.items[0]?.blastRadius.map(({ name }) => name)).toContain('Messages in the last 7 days');
    expect(asked).toContain('listMessages');
  });
});

test('calls are counted in the evidence, too', async () => {
  await withLevers(async (at) => {
    const call = captured('calls', {
      sid: sid('CA', 1),
      to: '+37190012345',
      direction: 'outbound-api',
      start_time: new Date(noon - day).toUTCString(),
    });
    const target = { kind: 'voiceCountry', account: mainSid, name: 'Latvia', iso: 'LV' } as const;
    const held = [capture('calls', { account: mainSid })];
    const known = {
      captured: (requests: readonly TwilioRequest[]) =>
        answersFrom(requests, parts([{ ...call, account: mainSid }], { held })),
    };
    const plan = await makePlan(closeVoiceCountry, [target], { ...at.planning, ...known });
    expect(plan.items[0]?.blastRadius.find(({ name }) => name.startsWith('Calls, '))?.value).toBe('1, to 1 numbers');
  });
});

test('what other accounts send to a country is told from the traffic that was looked at', async () => {
  const report = worldReport(createDemoWorld({ now: () => noon }));
  const toRussia = sentTo(report, demoStory.attackCountry);
  expect(toRussia.accounts.map(({ name }) => name)).toEqual(['Production OTP']);
  expect(toRussia.accounts[0]?.messages).toBeGreaterThan(1000);
  await withLevers(async (at) => {
    const target = { kind: 'smsCountry', account: mainSid, name: 'Russia', iso: 'RU' } as const;
    const factOf = async (known: typeof report) => {
      const planning = { ...at.planning, sentTo: (iso: string) => sentTo(known, iso) };
      const plan = await makePlan(closeSmsCountry, [target], planning);
      return plan.items[0]?.blastRadius.find(({ name }) => name.startsWith('Other accounts'));
    };
    const fact = await factOf(report);
    expect(fact?.name).toContain(`in the 7 days to ${utc(report.window.to)}`);
    expect(fact?.value).toMatch(/^Production OTP \d+$/);
    // An account that was not read whole may have sent there.
    const partly = { ...report, accounts: [], gaps: ['Marketing could not be read.'] };
    expect((await factOf(partly))?.value).toBe('none known; not everything was read, so others may have, too');
  });
});
