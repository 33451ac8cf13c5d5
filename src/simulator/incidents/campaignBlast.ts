import { messageBody } from '../generate/bodies.ts';
import { countryByIso } from '../generate/countries.ts';
import { customersOf } from '../generate/counts.ts';
import { outboundMessage } from '../generate/messageRows.ts';
import { subscriberNumber } from '../generate/phoneNumbers.ts';
import { hourMs } from '../generate/rhythm.ts';
import { alphanumericSender, sendersOf } from '../generate/senders.ts';
import { stagedAccount } from '../generate/staged.ts';
import { below, hash32 } from '../random.ts';
import type { LookAlike } from './incident.ts';
import { createWave, surgeRate } from './wave.ts';
import { waveLayer } from './waveLayer.ts';

export interface CampaignBlastOptions {
  /** Position of the account: 0 is the main account. */
  readonly account: number;
  /** Epoch milliseconds. */
  readonly start: number;
  /** ISO code of a country where the account has business. */
  readonly country: string;
  /** Messages in all, about. */
  readonly messages: number;
  /** How long the sending takes. */
  readonly hours?: number;
}

/** Innocent: an advertisement to known customers all over a country, from the brand's name or the marketing service. */
export function campaignBlast(options: CampaignBlastOptions): LookAlike {
  return {
    type: 'campaign-blast',
    layOver: (stage) => {
      const { start, hours = 2, messages: wanted } = options;
      const { account, profile, key: accountKey, messages } = stagedAccount(stage, options.account);
      const country = countryByIso(options.country);
      const end = start + hours * hourMs;
      const key = hash32(accountKey, 'campaign', start, country.iso);
      const share = profile.market.find((member) => member.country === country)?.share ?? 0.05;
      const customers = Math.max(wanted, customersOf(profile.messagesPerDay, share));
      const sender = sendersOf(account, profile.brand);
      // North America does not carry alphanumeric senders.
      const name = country.dial === '1' ? undefined : alphanumericSender(profile.brand);
      const peak = wanted / hours / 0.85;
      const wave = createWave({ key, start, end, rate: surgeRate(key, start, end, peak, hourMs / 6) });
      messages.layers.push(
        waveLayer(wave, key, ({ sid, at, random }) => {
          const to = subscriberNumber(accountKey, country, below(random, customers));
          const body = messageBody('marketing', country.language, profile.brand, random);
          const service = sender('marketing', random);
          return outboundMessage({ sid, at, to, body, country, random, ...service, from: name ?? service.from });
        }),
      );
      const ranges: readonly string[] = [];
      return [
        { type: 'campaign-blast', innocent: true, account: account.sid, country: country.iso, start, end, ranges },
      ];
    },
  };
}
