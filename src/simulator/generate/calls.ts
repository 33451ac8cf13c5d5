import { below, hash32, logNormal, pick, pickWeighted, stream } from '../random.ts';
import type { SimCall } from '../world.ts';
import { countsByCountry, customersOf, secondOf, total } from './counts.ts';
import { roundPrice } from './messageRows.ts';
import { subscriberNumber } from './phoneNumbers.ts';
import type { StagedAccount } from './staged.ts';
import type { Layer } from './traffic.ts';

const statuses = ['completed', 'no-answer', 'busy', 'failed', 'canceled'] as const;
const statusWeights = [0.8, 0.11, 0.05, 0.02, 0.02];
const inboundPerMinute = 0.0085;
const usualSeconds = 150;

/** The account's ordinary calls: a little more than half of them from customers. None without a number. */
export function ordinaryCalls(staged: StagedAccount): Layer<SimCall> {
  const { key, profile, account } = staged;
  const own = account.numbers.map(({ phoneNumber }) => phoneNumber);
  const perDay = own.length === 0 ? 0 : profile.callsPerDay;
  const counts = countsByCountry(staged, perDay, 'calls');
  const base = hash32(key, 'calls');
  return {
    count: (hour) => total(counts(hour)),
    rows: (hour, sidAt) => {
      const random = stream(base, hour);
      return counts(hour).flatMap((count, index, all) => {
        const market = profile.market[index];
        if (market === undefined) return [];
        const { country, share } = market;
        const before = total(all.slice(0, index));
        return Array.from({ length: count }, (_, n): SimCall => {
          const at = secondOf(hour, random);
          const person = subscriberNumber(key, country, below(random, customersOf(perDay, share)));
          const status = statuses[pickWeighted(random, statusWeights)] ?? 'completed';
          const duration = status === 'completed' ? 1 + Math.round(usualSeconds * logNormal(random, 1.1)) : 0;
          const inbound = country === profile.home && random.next() < 0.6;
          const price = callPrice(duration, inbound ? inboundPerMinute : country.voice);
          const ours = pick(random, own);
          const ends = inbound ? { from: person, to: ours } : { from: ours, to: person };
          return {
            sid: sidAt(before + n),
            at,
            ...ends,
            direction: inbound ? 'inbound' : 'outbound-api',
            status,
            duration,
            price,
          };
        });
      });
    },
  };
}

/** What a call of these seconds costs: every begun minute, negative as Twilio sends it. */
export function callPrice(seconds: number, perMinute: number): number {
  const price = roundPrice(Math.ceil(seconds / 60) * perMinute);
  return price === 0 ? 0 : -price;
}
