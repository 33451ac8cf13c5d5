import { callPrice } from '../generate/calls.ts';
import { hourMs } from '../generate/rhythm.ts';
import { type StagedAccount, stagedAccount } from '../generate/staged.ts';
import { below, between, hash32, pick } from '../random.ts';
import type { SimCall } from '../world.ts';
import type { Incident, IncidentLabel } from './incident.ts';
import { createWave, surgeRate } from './wave.ts';
import { waveLayer } from './waveLayer.ts';

interface TollDestination {
  /** ISO alpha-2, or `001` for international networks. */
  readonly country: string;
  /** What the numbers start with, and how many digits follow. */
  readonly prefix: string;
  readonly digits: number;
  /** USD per minute. */
  readonly perMinute: number;
}

export interface TollFraudOptions {
  /** Position of the account: 0 is the main account. */
  readonly account: number;
  /** Epoch milliseconds; night in the account's home country looks most real. */
  readonly start: number;
  readonly end: number;
  /** `long` keeps costly lines open for up to an hour; `short` earns by the call, thousands of them. */
  readonly style?: 'long' | 'short';
  /** Calls per hour and destination at the height of it. */
  readonly perHour?: number;
  readonly destinations?: readonly TollDestination[];
  /** Refused calls to closed countries per hour: alerts 13227. */
  readonly refusedPerHour?: number;
}

/** A satellite network and two destinations of the usual lists. Prices are plausible, not Twilio's of any day. */
const usualDestinations: readonly TollDestination[] = [
  { country: '001', prefix: '+88213', digits: 7, perMinute: 7.2 },
  { country: 'LV', prefix: '+371900', digits: 5, perMinute: 0.98 },
  { country: 'SO', prefix: '+25261', digits: 6, perMinute: 0.86 },
];

/** International revenue share fraud: the account calls numbers whose owner earns from every minute. */
export function tollFraud(options: TollFraudOptions): Incident {
  return {
    type: 'toll-fraud',
    layOver: (stage) => {
      const staged = stagedAccount(stage, options.account);
      addRefusals(staged, options);
      return (options.destinations ?? usualDestinations).map((destination) => attack(staged, destination, options));
    },
  };
}

function attack(staged: StagedAccount, destination: TollDestination, options: TollFraudOptions): IncidentLabel {
  const { account } = staged;
  const { start, end, style = 'long', perHour = style === 'long' ? 45 : 900 } = options;
  const key = hash32(staged.key, 'tollFraud', start, destination.prefix);
  const numbers = account.numbers.map(({ phoneNumber }) => phoneNumber);
  if (numbers.length === 0) throw new RangeError('Toll fraud needs an account with a phone number.');
  const wave = createWave({ key, start, end, rate: surgeRate(key, start, end, perHour, hourMs / 6) });
  staged.calls.layers.push(
    waveLayer(wave, key, ({ sid, at, random }): SimCall => {
      const subscriber = String(below(random, 10 ** destination.digits)).padStart(destination.digits, '0');
      const duration = Math.round(style === 'long' ? between(random, 420, 4200) : between(random, 4, 14));
      const price = callPrice(duration, destination.perMinute);
      const to = destination.prefix + subscriber;
      return {
        sid,
        at,
        from: pick(random, numbers),
        to,
        direction: 'outbound-api',
        status: 'completed',
        duration,
        price,
      };
    }),
  );
  const ranges = [destination.prefix];
  return {
    type: 'toll-fraud',
    innocent: false,
    account: account.sid,
    country: destination.country,
    start,
    end,
    ranges,
  };
}

function addRefusals(staged: StagedAccount, { start, end, refusedPerHour = 12 }: TollFraudOptions): void {
  if (refusedPerHour <= 0) return;
  const key = hash32(staged.key, 'tollFraudRefused', start);
  const wave = createWave({ key, start, end, rate: () => refusedPerHour });
  staged.refusals.push(
    waveLayer(wave, key, ({ sid, at, random }) => {
      const to = `+${pick(random, ['232', '220', '235', '224'])}${below(random, 90_000_000) + 10_000_000}`;
      const text = `ErrorCode=13227&LogLevel=WARN&to=${to}`;
      // Dial refused by geo-permission is a warning at Twilio: a query for errors only misses it.
      return { sid, at, errorCode: 13227, logLevel: 'warning', resourceSid: staged.account.sid, text };
    }),
  );
}
