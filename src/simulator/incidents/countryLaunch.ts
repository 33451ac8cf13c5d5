import { verifyAttempt } from '../generate/attempts.ts';
import { messageBody } from '../generate/bodies.ts';
import { countryByIso } from '../generate/countries.ts';
import { outboundMessage } from '../generate/messageRows.ts';
import { subscriberNumber } from '../generate/phoneNumbers.ts';
import { dayMs, hourMs, rhythm } from '../generate/rhythm.ts';
import { sendersOf } from '../generate/senders.ts';
import { stagedAccount } from '../generate/staged.ts';
import { below, hash32 } from '../random.ts';
import type { LookAlike } from './incident.ts';
import { createWave } from './wave.ts';
import { waveLayer } from './waveLayer.ts';

export interface CountryLaunchOptions {
  /** Position of the account: 0 is the main account. */
  readonly account: number;
  /** Epoch milliseconds; traffic stays after the launch, `end` only bounds the label and the made traffic. */
  readonly start: number;
  readonly end: number;
  /** ISO code, best one the account did not send to before. */
  readonly country: string;
  /** Messages per day once it is known. */
  readonly perDay: number;
  /** Verify attempts per message. */
  readonly verifyShare?: number;
}

/** Days until word has got round. */
const rampDays = 1.5;

/** Innocent: a product opens in a country. New numbers everywhere, passwords typed in as usual, quiet at night. */
export function countryLaunch(options: CountryLaunchOptions): LookAlike {
  return {
    type: 'country-launch',
    layOver: (stage) => {
      const { start, end, perDay, verifyShare = 0.5 } = options;
      const { account, profile, key: accountKey, messages, attempts } = stagedAccount(stage, options.account);
      const country = countryByIso(options.country);
      const key = hash32(accountKey, 'launch', start, country.iso);
      const sender = sendersOf(account, profile.brand);
      const customers = perDay * 12;
      const rate = (at: number) => {
        const known = Math.min(1, 0.35 + (0.65 * (at - start)) / (rampDays * dayMs));
        return (perDay / 24) * known * rhythm(Math.floor(at / hourMs), country.offset);
      };
      messages.layers.push(
        waveLayer(createWave({ key, start, end, rate }), key, ({ sid, at, random }) => {
          const kind = random.next() < 0.7 ? 'otp' : 'notice';
          const to = subscriberNumber(accountKey, country, below(random, customers));
          const body = messageBody(kind, country.language, profile.brand, random);
          return outboundMessage({ sid, at, to, body, country, random, ...sender(kind, random) });
        }),
      );
      const service = account.verifyServices[0];
      if (service !== undefined && verifyShare > 0) {
        const own = hash32(key, 'attempts');
        const wave = createWave({ key: own, start, end, rate: (at) => rate(at) * verifyShare });
        attempts.layers.push(
          waveLayer(wave, own, ({ sid, at, random }) => {
            const to = subscriberNumber(accountKey, country, below(random, customers));
            const conversion = Math.min(0.97, country.conversion * profile.conversionFactor);
            return verifyAttempt({ sid, at, verifyServiceSid: service.sid, to, country, random, conversion });
          }),
        );
      }
      const ranges: readonly string[] = [];
      return [
        { type: 'country-launch', innocent: true, account: account.sid, country: country.iso, start, end, ranges },
      ];
    },
  };
}
