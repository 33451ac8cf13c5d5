import { fill } from '../generate/bodies.ts';
import { countryByIso } from '../generate/countries.ts';
import { customersOf } from '../generate/counts.ts';
import { inboundMessage, outboundMessage } from '../generate/messageRows.ts';
import { mobileNumber } from '../generate/phoneNumbers.ts';
import { hourMs } from '../generate/rhythm.ts';
import { stagedAccount } from '../generate/staged.ts';
import { below, hash32, pick, stream } from '../random.ts';
import type { Incident } from './incident.ts';
import { createWave, surgeRate } from './wave.ts';
import { waveLayer } from './waveLayer.ts';

export interface SmishingOptions {
  /** Position of the account: 0 is the main account. */
  readonly account: number;
  /** Epoch milliseconds. */
  readonly start: number;
  readonly end: number;
  /** ISO code; the account's home country when absent. */
  readonly country?: string;
  readonly perHour?: number;
  /** Texts with the slots `{code}`, `{order}` and `{token}`. */
  readonly templates?: readonly string[];
  /** Share of recipients who answer STOP. */
  readonly stopShare?: number;
}

const usualTemplates = [
  'Twilio: your account was locked after an unusual sign-in. Confirm within 24 hours: https://twillio-support.com/v/{token}',
  'Twilio Support: payment {order} failed, your numbers will be released today. Fix it now: https://twillio-support.com/p/{token}',
];

/** Carriers notice and filter: 30007 leads the failures. */
const filtered = [0.1, 0.06, 0.04, 0.74, 0.06];
const answerDelay = 4 * 60_000;

/** Phishing by SMS from the account's own numbers. */
export function smishing(options: SmishingOptions): Incident {
  return {
    type: 'smishing',
    layOver: (stage) => {
      const { start, end, perHour = 900, templates = usualTemplates, stopShare = 0.045 } = options;
      const { account, profile, key: accountKey, messages } = stagedAccount(stage, options.account);
      const country = options.country === undefined ? profile.home : countryByIso(options.country);
      const key = hash32(accountKey, 'smishing', start);
      const numbers = account.numbers.map(({ phoneNumber }) => phoneNumber);
      if (numbers.length === 0) throw new RangeError('Smishing needs an account with a phone number.');
      // A bought list of numbers, so that answers come from people who were written to.
      const listed = customersOf(perHour, 1);
      const victim = (person: number) => mobileNumber(country, stream(key, 'victim', person));
      const from = numbers.slice(0, 4);

      const wave = createWave({ key, start, end, rate: surgeRate(key, start, end, perHour, hourMs / 3) });
      messages.layers.push(
        waveLayer(wave, key, ({ sid, at, random }) => {
          const body = fill(pick(random, templates), profile.brand, random);
          const to = victim(below(random, listed));
          const sender = { from: pick(random, from), messagingServiceSid: undefined };
          // Filters learn: the share that gets through falls from four fifths to half.
          const delivery = 0.8 - (0.3 * (at - start)) / (end - start);
          return outboundMessage({ sid, at, to, body, country, random, delivery, failureWeights: filtered, ...sender });
        }),
      );

      const stopKey = hash32(key, 'stop');
      const rate = surgeRate(key, start, end, perHour * stopShare, hourMs / 3);
      const stops = createWave({ key: stopKey, start: start + answerDelay, end, rate: (at) => rate(at - answerDelay) });
      messages.layers.push(
        waveLayer(stops, stopKey, ({ sid, at, random }) => {
          const body = pick(random, ['STOP', 'STOP', 'Stop', 'stop', 'SCAM STOP']);
          return inboundMessage({ sid, at, from: victim(below(random, listed)), to: pick(random, from), body });
        }),
      );
      const ranges: readonly string[] = [];
      return [{ type: 'smishing', innocent: false, account: account.sid, country: country.iso, start, end, ranges }];
    },
  };
}
