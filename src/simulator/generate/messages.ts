import { below, hash32, pick, pickWeighted, stream } from '../random.ts';
import type { SimMessage } from '../world.ts';
import { messageBody, replyBody } from './bodies.ts';
import { countsByCountry, customersOf, secondOf, total } from './counts.ts';
import { inboundMessage, outboundMessage } from './messageRows.ts';
import { subscriberNumber } from './phoneNumbers.ts';
import type { MessageKind } from './profile.ts';
import { sendersOf } from './senders.ts';
import type { StagedAccount } from './staged.ts';
import type { Layer } from './traffic.ts';

const kinds: readonly MessageKind[] = ['otp', 'notice', 'reminder', 'marketing'];

/** The account's ordinary messages: what it sends everywhere, and what its home country writes back. */
export function ordinaryMessages(staged: StagedAccount): Layer<SimMessage> {
  const { key, profile, account } = staged;
  const counts = countsByCountry(staged, profile.messagesPerDay, 'messages');
  const base = hash32(key, 'messages');
  const weights = kinds.map((kind) => profile.kinds[kind]);
  const sender = sendersOf(account, profile.brand);
  const own = account.numbers.map(({ phoneNumber }) => phoneNumber);
  return {
    count: (hour) => total(counts(hour)),
    rows: (hour, sidAt) => {
      const random = stream(base, hour);
      return counts(hour).flatMap((count, index, all) => {
        const market = profile.market[index];
        if (market === undefined) return [];
        const { country, share } = market;
        const customers = customersOf(profile.messagesPerDay, share);
        const before = total(all.slice(0, index));
        return Array.from({ length: count }, (_, n) => {
          const sid = sidAt(before + n);
          const at = secondOf(hour, random);
          const person = subscriberNumber(key, country, below(random, customers));
          const replies = country === profile.home && own.length > 0 && random.next() < profile.inboundShare;
          if (replies) return inboundMessage({ sid, at, from: person, to: pick(random, own), body: replyBody(random) });
          const kind = kinds[pickWeighted(random, weights)] ?? 'otp';
          const body = messageBody(kind, country.language, profile.brand, random);
          return outboundMessage({ sid, at, to: person, body, country, random, ...sender(kind, random) });
        });
      });
    },
  };
}
