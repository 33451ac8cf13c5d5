import { below, pick, stream } from '../random.ts';
import type { AccountPlan, KeyPlan, NumberPlan } from './accountPlan.ts';
import type { Country } from './countries.ts';
import { marketOf, type Noise, type TrafficProfile } from './profile.ts';
import { dayMs, wholeSecond } from './rhythm.ts';

export interface AccountShape {
  readonly seed: number;
  /** 0 is the main account. */
  readonly position: number;
  readonly created: number;
  /** The present. */
  readonly start: number;
  readonly numbers: number;
  readonly home: Country;
  readonly homeShare: number;
  readonly countries: number;
  readonly withoutCountries: readonly string[];
  readonly messagesPerDay: number;
  readonly attemptsPerDay: number;
  readonly callsPerDay: number;
  readonly conversionFactor: number;
  readonly noise: Noise;
}

const branches = [
  'Retail',
  'Clinics',
  'Logistics',
  'Loyalty',
  'Support',
  'Partners',
  'Field service',
  'Payments',
  'Travel',
  'Campus',
];
const stages = ['production', 'staging', 'EU', 'APAC', 'LATAM', 'pilot'];
const keyNames = ['backend', 'ci-deploy', 'reporting', 'terraform', 'worker', 'crm-sync'];

/** An account of a made-up customer, in the shape asked for. */
export function planAccount(shape: AccountShape): AccountPlan {
  const { seed, position, created, home } = shape;
  const random = stream(seed, 'plan', position);
  const branch = `${pick(random, branches)} ${pick(random, stages)}`;
  const brand = position === 0 ? 'Contoso' : 'Contoso Direct';
  const slug = branch.toLowerCase().replaceAll(' ', '-');
  // Things are set up in an account's first month, or in as much of it as there has been.
  const soon = () => wholeSecond(created + random.next() * Math.min(30 * dayMs, shape.start - created));
  const numbers = Array.from({ length: shape.numbers }, (): NumberPlan => {
    const urls = { voiceUrl: `https://voice.contoso.example/${slug}`, smsUrl: `https://sms.contoso.example/${slug}` };
    return { country: home.iso, created: soon(), ...urls };
  });
  const all = numbers.map((_, index) => index);
  const service = (friendlyName: string, usecase: string, remainder: number) => ({
    friendlyName,
    usecase,
    inboundRequestUrl: undefined,
    created,
    numbers: all.filter((index) => index % 3 === remainder).slice(0, 400),
  });
  const keys = Array.from({ length: 1 + below(random, 3) }, (_, index): KeyPlan => {
    const friendlyName = `${keyNames[(index * 2 + position) % keyNames.length]}`;
    return {
      friendlyName,
      kind: index === 0 ? 'standard' : pick(random, ['standard', 'main']),
      created: soon(),
    };
  });
  return {
    friendlyName: position === 0 ? 'Contoso' : `${branch} ${position}`,
    created,
    profile: profileOf(shape, brand),
    keys,
    numbers,
    messagingServices: [
      service('Sign-in codes', 'verification', 0),
      service('Order updates', 'notifications', 1),
      service('Offers', 'marketing', 2),
    ],
    verifyServices: shape.attemptsPerDay > 0 ? ['Sign-in'] : [],
    usageTriggers: [],
  };
}

function profileOf(shape: AccountShape, brand: string): TrafficProfile {
  const {
    home,
    homeShare,
    countries,
    withoutCountries,
    noise,
    messagesPerDay,
    attemptsPerDay,
    callsPerDay,
    conversionFactor,
  } = shape;
  return {
    brand,
    home,
    market: marketOf(home, homeShare, countries, withoutCountries),
    messagesPerDay,
    attemptsPerDay,
    callsPerDay,
    kinds: { otp: 0.55, notice: 0.27, reminder: 0.13, marketing: 0.05 },
    inboundShare: 0.04,
    conversionFactor,
    noise,
  };
}
