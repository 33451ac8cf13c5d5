import { expect, test } from 'vitest';
import { consoleSteps } from '../../../src/core/consoleStepRegistry.ts';
import { confirmConsoleStep } from '../../../src/core/contain/confirmConsoleStep.ts';
import { consoleStepEntry, consoleStepStates } from '../../../src/core/contain/consoleStepRecord.ts';
import { consoleAddress, consoleStepText, stateText } from '../../../src/core/contain/consoleStepText.ts';
import { UserError } from '../../../src/core/errors.ts';
import { securityMeaning } from '../../../src/core/model/securityEvents.ts';
import { journalTimeline } from '../../../src/core/rca/journalTimeline.ts';
import { fraudTypes } from '../../../src/core/validate/signal.ts';
import { hour, mainSid, noon, sid, subSid } from '../../simulator/smallWorld.ts';
import { withLevers } from './leverWorld.ts';

const step = (id: string) => {
  const found = consoleSteps.find((one) => one.id === id);
  if (!found) throw new Error(`no step is called ${id}`);
  return found;
};
const protection = step('smsPumpingProtection');
const at = (time: number) => new Date(time).toISOString();

test('everything the guide leaves to the Console is there: pumping protection, Fraud Guard, Verify geo, 2FA, users, inheritance, high-risk countries', () => {
  expect(consoleSteps.map(({ id }) => id)).toEqual([
    'enforceTwoFactor',
    'hideLeakedCode',
    'highRiskCountries',
    'reviewConnectedApps',
    'reviewUsers',
    'smsGeoInheritance',
    'smsPumpingProtection',
    'verifyFraudGuard',
    'verifyGeoPermissions',
  ]);
});

test.each(consoleSteps.map((one) => [one.id, one] as const))(
  '%s says where, what to look at, and how it is confirmed',
  (_, one) => {
    expect(one.path.length).toBeGreaterThan(0);
    expect(one.checks.length).toBeGreaterThan(0);
    expect(one.types.every((type) => fraudTypes.includes(type))).toBe(true);
    expect(consoleAddress(one)).toMatch(/^https:\/\/console\.twilio\.com\/[\w/-]*$/);
    // What confirms it is something the audit log of this product knows.
    for (const type of one.confirmedBy) expect([type, securityMeaning(type)]).not.toContain(undefined);
    const text = consoleStepText([{ step: one, state: 'open' }]);
    for (const part of [one.title, ...one.path, ...one.checks]) expect(text).toContain(part);
    expect(text.includes('only you can say')).toBe(one.confirmedBy.length === 0);
  },
);

test('a step is open, then told with its note, then confirmed, by the journal alone', () => {
  const told = { ...consoleStepEntry(protection, subSid, 'Maya, in Production OTP'), at: at(noon) };
  const event = { sid: sid('AE', 9), type: 'messaging-settings.updated', account: subSid, at: noon + hour };
  const confirmed = { ...consoleStepEntry(protection, subSid, '', event), at: at(noon + hour) };
  const stateOf = (...records: Parameters<typeof consoleStepStates>[1][number][]) =>
    consoleStepStates([protection], records)[0];
  expect(stateOf()).toEqual({ step: protection, state: 'open' });
  expect(stateOf(told)).toMatchObject({ state: 'told', note: 'Maya, in Production OTP', at: noon });
  expect(stateOf(told, confirmed)).toMatchObject({
    state: 'confirmed',
    note: 'Maya, in Production OTP',
    confirmation: { sid: sid('AE', 9), at: noon + hour },
  });
  const last = stateOf(told, confirmed);
  expect(last && stateText(last)).toBe(
    `done, confirmed by event ${sid('AE', 9)} of 2026-11-21 13:00 UTC: Maya, in Production OTP`,
  );
});

test('a record that this computer did not seal confirms nothing, and is shown as unproven', () => {
  const event = { sid: sid('AE', 9), type: 'messaging-settings.updated', account: subSid, at: noon };
  const chain = { seq: 1, prev: '', hash: '', at: at(noon) };
  const forged = { ...chain, ...consoleStepEntry(protection, subSid, 'trust me', event), unsealed: true };
  const [state] = consoleStepStates([protection], [forged]);
  expect(state).toMatchObject({ state: 'told', unproven: true });
  expect(state).not.toHaveProperty('confirmation');
  expect(state && stateText(state)).toBe(
    'unproven: a record that is not sealed here says it was done (2026-11-21 12:00 UTC): trust me',
  );
  expect(journalTimeline([forged])[0]?.what).toMatch('unproven (not sealed on this computer)');
  // One that it did seal makes up for it.
  const own = { ...chain, ...consoleStepEntry(protection, subSid, 'Maya') };
  expect(consoleStepStates([protection], [forged, own])[0]).not.toHaveProperty('unproven');
});

test('a note is inert in the text that is shown', () => {
  const note = '[Undo](command:x) ![](https://evil.example/x)\n# Head';
  const records = [{ ...consoleStepEntry(protection, subSid, note), at: at(noon) }];
  const text = consoleStepText(consoleStepStates([protection], records));
  expect(text).not.toContain('https://evil');
  expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual([`# ${protection.title}`]);
});

test('it stands in the Timeline, as told or as confirmed', () => {
  const chain = { seq: 1, prev: '', hash: '', at: at(noon) };
  const told = { ...chain, ...consoleStepEntry(protection, subSid, 'Maya') };
  const event = { sid: sid('AE', 9), type: 'messaging-settings.updated', account: subSid, at: noon };
  const confirmed = { ...chain, ...consoleStepEntry(protection, subSid, '', event) };
  expect(journalTimeline([told, confirmed]).map(({ what, about, lane }) => [lane, what, about])).toEqual([
    ['Containment', 'Done in the Console, as told:', [protection.title, 'Maya']],
    ['Containment', 'Done in the Console, confirmed by Twilio:', [protection.title]],
  ]);
});

test('the newest event of the Console confirms; one by API, an older one and another type do not', async () => {
  await withLevers(async ({ world, twilio }) => {
    const look = () => confirmConsoleStep(protection, [mainSid, subSid], noon - hour, twilio);
    const [sample] = world.sub.events;
    if (!sample) throw new Error('the world has no events');
    const add = (number: number, change: Partial<typeof sample>) =>
      world.sub.events.push({
        ...sample,
        sid: sid('AE', number),
        type: 'messaging-settings.updated',
        source: 'web',
        at: noon - 60_000,
        ...change,
      });
    add(901, { source: 'api' });
    add(902, { at: noon - 2 * hour });
    add(903, { type: 'flow.updated' });
    expect(await look()).toEqual({ unread: [] });
    add(904, { at: noon - 120_000 });
    add(905, {});
    expect((await look()).confirmation).toEqual({
      sid: sid('AE', 905),
      type: 'messaging-settings.updated',
      account: subSid,
      at: noon - 60_000,
      by: `in the Console from ${sample.ip}`,
    });
  });
});

test('steps that Twilio records by the same event are confirmed by none that may tell of the other', async () => {
  const high = step('highRiskCountries');
  const told = consoleSteps
    .filter((one) => one.confirmedBy.length > 0 && !one.confirms)
    .flatMap((one) => one.confirmedBy);
  expect(new Set(told).size).toBe(told.length);
  for (const one of consoleSteps.filter(({ confirms }) => confirms))
    expect(one.confirmedBy.filter((type) => told.includes(type))).toEqual([]);
  expect(consoleStepText([{ step: step('smsGeoInheritance'), state: 'open' }])).toContain('It cannot be confirmed: ');
  await withLevers(async ({ world, twilio }) => {
    const look = async () => (await confirmConsoleStep(high, [mainSid, subSid], noon - hour, twilio)).confirmation?.sid;
    const [sample] = world.sub.events;
    if (!sample) throw new Error('the world has no events');
    const change = (number: number, changes: Readonly<Record<string, readonly [string, string]>>) =>
      world.sub.events.push({
        ...sample,
        sid: sid('AE', number),
        type: 'sms-geographic-permissions.updated',
        source: 'web',
        at: noon - 60_000 + number,
        changes: Object.fromEntries(
          Object.entries(changes).map(([name, [previous, updated]]) => [name, { previous, updated }]),
        ),
      });
    change(901, { inherit_from_parent: ['true', 'false'] });
    change(902, { country_NG: ['disabled', 'enabled'] });
    change(903, { FR: ['true', 'false'] });
    change(904, {});
    expect(await look()).toBeUndefined();
    change(905, { FR: ['true', 'false'], NG: ['true', 'false'] });
    expect(await look()).toBe(sid('AE', 905));
  });
});

test('an audit log that cannot be read is told, and does not hide the others', async () => {
  await withLevers(async ({ twilio }) => {
    const failing: typeof twilio = {
      ...twilio,
      page: (request, cancel) =>
        request.account === subSid
          ? Promise.reject(new UserError('not-permitted', 'No.'))
          : twilio.page(request, cancel),
    };
    const { unread, confirmation } = await confirmConsoleStep(protection, [mainSid, subSid], noon - hour, failing);
    expect([unread, confirmation]).toEqual([[{ account: subSid, why: 'No.' }], undefined]);
  });
});
