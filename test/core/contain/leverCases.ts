import type { Action } from '../../../src/core/contain/action.ts';
import type { Target } from '../../../src/core/contain/target.ts';
import { actions } from '../../../src/core/registry.ts';
import { event, hour, mainSid, noon, type SmallWorld, sid, subSid } from '../../simulator/smallWorld.ts';
import { newLeverCases } from './newLeverCases.ts';

/** A lever, something to use it on in the small world, and how to see there what became of it. */
export interface LeverCase {
  readonly action: string;
  readonly target: Target;
  /** Makes the world such that there is something to do. */
  readonly prepare?: (world: SmallWorld) => void;
  /** True when the world is as wanted, whoever says so. */
  readonly isDone: (world: SmallWorld) => boolean;
  /** Somebody else changes what the lever is about, but not to what is wanted. Absent where there is no such state. */
  readonly interfere?: (world: SmallWorld) => void;
  /** Requests that cannot be known before others are done, SIDs of what those make as `RK…`. */
  readonly later?: readonly string[];
  /** True when the state before comes back. */
  readonly undo: boolean;
}

const callsOf = ({ sub }: SmallWorld) => [...sub.calls.newestFirst(0, Number.MAX_SAFE_INTEGER)];
const noCall = (world: SmallWorld) => callsOf(world).every(({ status }) => status !== 'in-progress');

const number: Target = { kind: 'phoneNumber', account: mainSid, name: '+14155550101', sid: sid('PN', 101) };
const sender = { kind: 'serviceSender', account: mainSid, name: '+14155550101', service: sid('MG', 101) } as const;

function setVoiceUrl({ mainAccount }: SmallWorld, url: string): string {
  const [first] = mainAccount.numbers;
  if (!first) throw new Error('the small world has no number');
  const before = first.voiceUrl;
  first.voiceUrl = url;
  return before;
}

/** An attacker leads the calls of a number elsewhere; the audit log tells of it. */
function rewritten(world: SmallWorld): void {
  const updated = 'https://voice-gw.example/evil';
  const previous = setVoiceUrl(world, updated);
  const changes = { voice_url: { previous, updated } };
  world.mainAccount.events.push(
    event(sid('AE', 190), noon - hour, sid('PN', 101), { type: 'phone-number.updated', source: 'api', changes }),
  );
}

function retouched(world: SmallWorld): void {
  setVoiceUrl(world, 'https://somebody.example/else');
}

/** Every registered lever; a test fails for one without a case. */
export const leverCases: readonly LeverCase[] = [
  {
    action: 'suspendSubaccount',
    target: { kind: 'subaccount', account: subSid, name: 'Production OTP', status: 'active' },
    isDone: (world) => world.sub.status === 'suspended' && noCall(world),
    interfere: ({ sub }) => {
      sub.status = 'closed';
    },
    undo: false,
  },
  {
    action: 'reactivateSubaccount',
    target: { kind: 'subaccount', account: subSid, name: 'Production OTP', status: 'suspended' },
    prepare: ({ sub }) => {
      sub.status = 'suspended';
    },
    isDone: ({ sub }) => sub.status === 'active',
    interfere: ({ sub }) => {
      sub.status = 'closed';
    },
    // Suspending again ends the calls that were under way.
    undo: false,
  },
  {
    action: 'endLiveCalls',
    target: { kind: 'liveCalls', account: subSid, name: 'Production OTP' },
    isDone: noCall,
    undo: false,
  },
  {
    action: 'deleteApiKey',
    target: { kind: 'apiKey', account: mainSid, name: 'standard key', sid: sid('SK', 101) },
    isDone: ({ mainAccount }) => mainAccount.keys.every((key) => key.sid !== sid('SK', 101)),
    undo: false,
  },
  {
    action: 'closeSmsCountry',
    target: { kind: 'smsCountry', account: mainSid, name: 'Russia', iso: 'RU' },
    isDone: ({ mainAccount }) => mainAccount.smsGeo.get('RU') === false,
    interfere: ({ mainAccount }) => void mainAccount.smsGeo.delete('RU'),
    undo: true,
  },
  {
    action: 'openSmsCountry',
    target: { kind: 'smsCountry', account: mainSid, name: 'Russia', iso: 'RU' },
    prepare: ({ mainAccount }) => void mainAccount.smsGeo.set('RU', false),
    isDone: ({ mainAccount }) => mainAccount.smsGeo.get('RU') === true,
    interfere: ({ mainAccount }) => void mainAccount.smsGeo.delete('RU'),
    undo: true,
  },
  {
    action: 'closeVoiceCountry',
    target: { kind: 'voiceCountry', account: mainSid, name: 'Latvia', iso: 'LV' },
    isDone: (world) => voiceOf(world).every((open) => !open),
    interfere: (world) => void world.mainAccount.voiceGeo.set('LV', { ...voice, highRiskSpecial: true }),
    undo: true,
  },
  {
    action: 'openVoiceCountry',
    target: { kind: 'voiceCountry', account: mainSid, name: 'Latvia', iso: 'LV' },
    prepare: ({ mainAccount }) =>
      void mainAccount.voiceGeo.set('LV', { lowRisk: false, highRiskSpecial: false, highRiskTollfraud: true }),
    isDone: ({ mainAccount }) => mainAccount.voiceGeo.get('LV')?.lowRisk === true,
    interfere: ({ mainAccount }) => void mainAccount.voiceGeo.delete('LV'),
    undo: true,
  },
  {
    action: 'rotateAuthToken',
    target: { kind: 'authToken', account: mainSid, name: 'Northwind Pharmacy' },
    isDone: ({ mainAccount }) => mainAccount.authToken !== 'token-of-1',
    undo: false,
  },
  {
    action: 'rotateAuthToken',
    target: { kind: 'authToken', account: subSid, name: 'Production OTP' },
    isDone: ({ sub }) => sub.authToken !== 'token-of-2',
    undo: false,
  },
  {
    action: 'resetWebhooks',
    target: number,
    prepare: rewritten,
    isDone: ({ mainAccount }) => mainAccount.numbers[0]?.voiceUrl === 'https://pharmacy.example/voice',
    interfere: retouched,
    undo: true,
  },
  {
    action: 'clearWebhooks',
    target: number,
    isDone: ({ mainAccount }) => mainAccount.numbers[0]?.voiceUrl === '',
    interfere: retouched,
    undo: true,
  },
  {
    action: 'releaseNumber',
    target: number,
    isDone: ({ mainAccount }) => mainAccount.numbers.length === 1,
    interfere: retouched,
    undo: false,
  },
  {
    action: 'detachSender',
    target: { ...sender, number: sid('PN', 101) },
    isDone: ({ mainAccount }) => mainAccount.messagingServices[0]?.numberSids.length === 0,
    undo: true,
  },
  {
    action: 'attachSender',
    target: { ...sender, number: sid('PN', 102) },
    isDone: ({ mainAccount }) => mainAccount.messagingServices[0]?.numberSids.length === 2,
    undo: true,
  },
  {
    action: 'cancelScheduledMessages',
    target: { kind: 'scheduledMessages', account: mainSid, name: 'Northwind Pharmacy' },
    prepare: ({ mainAccount }) => {
      for (const own of [sid('SM', 100), sid('SM', 101)])
        mainAccount.messages.change(own, { status: 'scheduled', sent: undefined });
    },
    isDone: ({ mainAccount }) =>
      [...mainAccount.messages.newestFirst(0, Number.MAX_SAFE_INTEGER)].every(({ status }) => status !== 'scheduled'),
    undo: false,
  },
  {
    action: 'addSafeNumber',
    target: { kind: 'safeNumber', account: mainSid, name: '+18001234xxx' },
    isDone: ({ mainAccount }) => mainAccount.safeList.has('+18001234xxx'),
    undo: true,
  },
  {
    action: 'removeSafeNumber',
    target: { kind: 'safeNumber', account: mainSid, name: '+14155550100' },
    isDone: ({ mainAccount }) => !mainAccount.safeList.has('+14155550100'),
    undo: true,
  },
  ...newLeverCases,
];

const voice = { lowRisk: true, highRiskSpecial: false, highRiskTollfraud: false };

function voiceOf({ mainAccount }: SmallWorld): readonly boolean[] {
  return Object.values(mainAccount.voiceGeo.get('LV') ?? {});
}

export function actionOf({ action }: LeverCase): Action {
  const found = actions.find(({ id }) => id === action);
  if (!found) throw new Error(`no lever is called ${action}`);
  return found;
}
