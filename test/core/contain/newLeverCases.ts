import type { SimRateLimit } from '../../../src/simulator/world.ts';
import { mainSid, noon, type SmallWorld, sid, subSid } from '../../simulator/smallWorld.ts';
import type { LeverCase } from './leverCases.ts';

const newName = 'Replacement 2026-11-21T12:00Z';
const permission = '/twilio/messaging/messages/create';
const verifyLimit = {
  kind: 'newVerifyLimit',
  account: mainSid,
  name: 'end_user_ip_address',
  service: sid('VA', 101),
  max: '5',
  interval: '600',
} as const;

/** Levers that make something, those that take it away again, and what else an intruder leaves behind. */
export const newLeverCases: readonly LeverCase[] = [
  {
    action: 'createReplacementKey',
    target: { kind: 'newApiKey', account: mainSid, name: newName, allow: '' },
    isDone: ({ mainAccount }) => mainAccount.keys.filter(({ friendlyName }) => friendlyName === newName).length === 1,
    undo: true,
  },
  {
    action: 'createReplacementKey',
    target: { kind: 'newApiKey', account: subSid, name: newName, allow: permission },
    isDone: ({ sub }) =>
      sub.keys.filter(({ kind, allow }) => kind === 'restricted' && allow[0] === permission).length === 1,
    undo: true,
  },
  {
    action: 'createVerifyLimit',
    target: verifyLimit,
    isDone: limited,
    later: [
      `POST https://verify.twilio.com/v2/Services/${verifyLimit.service}/RateLimits/RK…/Buckets Max=5&Interval=600`,
    ],
    undo: true,
  },
  {
    action: 'createVerifyLimit',
    target: verifyLimit,
    prepare: (world) => withLimit(world, []),
    isDone: limited,
    interfere: (world) => withLimit(world, [{ sid: sid('BL', 1), max: 9, interval: 9, created: noon }]),
    undo: false,
  },
  {
    action: 'removeVerifyLimit',
    target: { ...verifyLimit, kind: 'verifyLimit', sid: sid('RK', 1) },
    prepare: (world) => withLimit(world, []),
    isDone: ({ mainAccount }) => mainAccount.verifyServices[0]?.rateLimits?.length === 0,
    undo: false,
  },
  {
    action: 'createUsageTrigger',
    target: {
      kind: 'newUsageTrigger',
      account: mainSid,
      name: 'Daily spend 250',
      value: '250',
      url: 'https://pharmacy.example/spend',
    },
    isDone: ({ mainAccount }) =>
      mainAccount.usageTriggers.filter(({ triggerValue }) => triggerValue === '250').length === 1,
    undo: true,
  },
  {
    action: 'removeUsageTrigger',
    target: { kind: 'usageTrigger', account: mainSid, name: 'Daily spend', sid: sid('UT', 101) },
    isDone: ({ mainAccount }) => mainAccount.usageTriggers.length === 0,
    undo: false,
  },
  {
    action: 'removeSipCredential',
    target: { kind: 'sipCredential', account: mainSid, name: 'desk1', list: sid('CL', 101), sid: sid('CR', 101) },
    isDone: ({ mainAccount }) => mainAccount.sipCredentials?.length === 1,
    undo: false,
  },
  {
    action: 'removeEventSink',
    target: { kind: 'eventSink', account: mainSid, name: 'Event archive', sid: sid('DG', 101) },
    isDone: ({ mainAccount }) => mainAccount.sinks?.length === 0,
    undo: false,
  },
];

function withLimit({ mainAccount }: SmallWorld, buckets: SimRateLimit['buckets']): void {
  const [service] = mainAccount.verifyServices;
  if (service) service.rateLimits = [{ sid: sid('RK', 1), uniqueName: verifyLimit.name, created: noon, buckets }];
}

function limited({ mainAccount }: SmallWorld): boolean {
  const limits = mainAccount.verifyServices[0]?.rateLimits ?? [];
  return limits.length === 1 && limits[0]?.buckets.length === 1 && limits[0]?.buckets[0]?.max === 5;
}
