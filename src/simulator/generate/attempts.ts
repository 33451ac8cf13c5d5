import { below, hash32, makeSid, type Random, stream } from '../random.ts';
import type { SimAttempt } from '../world.ts';
import type { Country } from './countries.ts';
import { countsByCountry, customersOf, secondOf, total } from './counts.ts';
import { roundPrice } from './messageRows.ts';
import { subscriberNumber } from './phoneNumbers.ts';
import type { StagedAccount } from './staged.ts';
import type { Layer } from './traffic.ts';

interface AttemptRow {
  readonly sid: string;
  readonly at: number;
  readonly verifyServiceSid: string;
  readonly to: string;
  readonly country: Country;
  readonly random: Random;
  /** Chance that the code is typed in. */
  readonly conversion: number;
}

/** A verification attempt that was sent. Only a delivered code can be typed in. */
export function verifyAttempt({ country, random, conversion, ...row }: AttemptRow): SimAttempt {
  const delivered = random.next() < country.delivery;
  const converted = delivered && random.next() < conversion / country.delivery;
  return {
    ...row,
    verificationSid: makeSid(random, 'VE'),
    channel: random.next() < 0.03 ? 'call' : 'sms',
    country: country.iso,
    converted,
    errorCode: delivered ? undefined : 30003,
    messageStatus: delivered ? 'delivered' : 'undelivered',
    price: roundPrice(country.sms),
  };
}

/** An attempt that Verify Fraud Guard stopped. https://www.twilio.com/docs/api/errors/60410 */
export function blockedAttempt(row: AttemptRow): SimAttempt {
  const sent = verifyAttempt({ ...row, conversion: 0 });
  return { ...sent, errorCode: 60410, messageStatus: 'failed', price: 0 };
}

/** The account's ordinary verifications. None without a Verify service. */
export function ordinaryAttempts(staged: StagedAccount): Layer<SimAttempt> {
  const { key, profile, account } = staged;
  const service = account.verifyServices[0];
  const perDay = service === undefined ? 0 : profile.attemptsPerDay;
  const counts = countsByCountry(staged, perDay, 'attempts');
  const base = hash32(key, 'attempts');
  return {
    count: (hour) => total(counts(hour)),
    rows: (hour, sidAt) => {
      const random = stream(base, hour);
      return counts(hour).flatMap((count, index, all) => {
        const market = profile.market[index];
        if (market === undefined || service === undefined) return [];
        const { country, share } = market;
        const customers = customersOf(perDay, share);
        const conversion = Math.min(0.97, country.conversion * profile.conversionFactor);
        const before = total(all.slice(0, index));
        return Array.from({ length: count }, (_, n) => {
          const at = secondOf(hour, random);
          const to = subscriberNumber(key, country, below(random, customers));
          const row = { sid: sidAt(before + n), at, verifyServiceSid: service.sid, to, country, random, conversion };
          return verifyAttempt(row);
        });
      });
    },
  };
}
