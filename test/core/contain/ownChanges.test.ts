import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../../src/core/contain/apply.ts';
import { type OwnChange, ownChangesIn, ownEvents } from '../../../src/core/contain/ownChanges.ts';
import { makePlan } from '../../../src/core/contain/plan.ts';
import { readPages } from '../../../src/core/contain/readLive.ts';
import type { AuditEvent } from '../../../src/core/model/auditEvent.ts';
import { readAuditEvent } from '../../../src/core/model/auditEvent.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { noon } from '../../simulator/smallWorld.ts';
import { actionOf, leverCases } from './leverCases.ts';
import { connection, withLevers } from './leverWorld.ts';

const minute = 60_000;
const iso = (at: number) => new Date(at).toISOString();

/** What the journal says of a lever that was used from `noon` to half a minute later. */
function recordsOf(
  change: { action: string; target: string; after?: JsonObject },
  over: JsonObject = {},
): JsonObject[] {
  const about = { plan: 'p1', account: 'AC1', ...change };
  return [
    { type: 'intent', at: iso(noon), ...about },
    { type: 'outcome', result: 'done', at: iso(noon + minute / 2), ...about, ...over },
  ];
}

let made = 0;
function happened(type: string, over: Partial<AuditEvent> = {}): { event: AuditEvent; account: string } {
  made += 1;
  const from = { description: '', actorSid: '', actorType: '', source: 'api', ip: '203.0.113.9' };
  const event = { sid: `AE${made}`, type, at: noon + 5000, resourceSid: 'AC1', changes: [], ...from, ...over };
  return { event, account: 'AC1' };
}

const told = (events: readonly { event: AuditEvent; account: string }[], changes: readonly OwnChange[]) => {
  const own = ownEvents(events, changes);
  return events.map(({ event }) => own.has(event.sid));
};
const updated = (property: string, to: string) => ({ changes: [{ property, previous: '', updated: to }] });

describe('what was done here is told from the audit log', () => {
  const recognised = ['closeSmsCountry', 'openSmsCountry', 'closeVoiceCountry', 'rotateAuthToken', 'clearWebhooks'];
  test.each(leverCases.filter(({ action }) => recognised.includes(action)).map((one) => [one.action, one] as const))(
    'for %s, as Twilio writes it',
    async (_action, one) => {
      await withLevers(async ({ world, twilio, records, journal, clock, planning }) => {
        one.prepare?.(world);
        const { account } = one.target;
        const query = { operation: 'listEvents', account } as const;
        const read = async () =>
          (await readPages(query, 9, twilio, undefined)).items.flatMap((item) => readAuditEvent(item) ?? []);
        const before = new Set((await read()).map(({ sid }) => sid));
        const plan = await makePlan(actionOf(one), [one.target], planning);
        const { outcomes } = await applyPlan(plan, { connectionId: connection.id, twilio, journal, clock });
        expect(outcomes.map(({ result }) => result)).toEqual(['done']);
        const events = await read();
        const own = ownEvents(
          events.map((event) => ({ event, account })),
          ownChangesIn(records.map((record) => ({ ...record, at: iso(noon) }))),
        );
        const left = events.filter(({ sid }) => !before.has(sid)).map(({ sid }) => sid);
        expect(left.length).toBeGreaterThan(0);
        expect([...own].toSorted()).toEqual(left.toSorted());
      });
    },
  );
});

describe('nothing is one’s own by guess:', () => {
  const closing = recordsOf({ action: 'closeSmsCountry', target: 'AC1 SMS RU' });
  const changes = ownChangesIn(closing);
  const type = 'sms-geographic-permissions.updated';

  test.each([
    ['the same change', {}, true],
    ['a minute later', { at: noon + 1.5 * minute }, true],
    ['later', { at: noon + 2 * minute }, false],
    ['earlier', { at: noon - 2 * minute }, false],
    ['another country', updated('country_UZ', 'disabled'), false],
    ['a country whose letters are in it', updated('country_PERU', 'disabled'), false],
    ['the other way round', updated('country_RU', 'enabled'), false],
    [
      'two countries at once',
      { changes: [...updated('RU', 'false').changes, ...updated('UZ', 'false').changes] },
      false,
    ],
    ['in the Console', { source: 'web' }, false],
  ] as const)('%s', (_what, over, own) => {
    expect(told([happened(type, { ...updated('country_RU', 'disabled'), ...over })], changes)).toEqual([own]);
  });

  test('another account, and two events that fit', () => {
    const one = happened(type, updated('RU', 'false'));
    expect(told([{ ...one, account: 'AC2' }], changes)).toEqual([false]);
    expect(told([one, happened(type, updated('RU', 'false'))], changes)).toEqual([false, false]);
  });

  test('a token that was also deleted or promoted twice', () => {
    const rotated = ownChangesIn(recordsOf({ action: 'rotateAuthToken', target: 'AC1 Auth Token' }));
    const [create, promote] = ['secondary-created', 'promoted'].map((what) => `account-auth-token.${what}`);
    const events = [happened(create ?? ''), happened(promote ?? ''), happened('account-auth-token.secondary-deleted')];
    expect(told(events, rotated)).toEqual([true, true, false]);
    expect(told([...events, happened(promote ?? '')], rotated)).toEqual([true, false, false, false]);
  });

  test('webhooks that lead elsewhere than what was read back, or another number', () => {
    const cleared = ownChangesIn(
      recordsOf({ action: 'clearWebhooks', target: 'PN1', after: { 'Voice URL': '', 'SMS URL': '' } }),
    );
    const number = (over: Partial<AuditEvent>) => [happened('phone-number.updated', { resourceSid: 'PN1', ...over })];
    expect(told(number(updated('voice_url', '')), cleared)).toEqual([true]);
    expect(told(number(updated('voice_url', 'https://evil.example')), cleared)).toEqual([false]);
    expect(told(number(updated('friendly_name', '')), cleared)).toEqual([false]);
    expect(told(number({ ...updated('voice_url', ''), resourceSid: 'PN2' }), cleared)).toEqual([false]);
    expect(told(number({}), cleared)).toEqual([false]);
  });

  test.each([
    ['is not sealed here', { unsealed: true }],
    ['was settled from a record that is not sealed here', { unproven: true }],
    ['was settled later, by reading', { observed: true }],
    ['was not done', { result: 'refused' }],
    ['was found done already', { result: 'already' }],
  ])('by a record that %s', (_what, over) => {
    expect(ownChangesIn(recordsOf({ action: 'closeSmsCountry', target: 'AC1 SMS RU' }, over))).toEqual([]);
  });

  test('by an outcome without its intent', () => {
    expect(ownChangesIn(closing.slice(1))).toEqual([]);
  });
});
