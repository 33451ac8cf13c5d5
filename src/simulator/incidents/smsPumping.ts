import { blockedAttempt, verifyAttempt } from '../generate/attempts.ts';
import { messageBody } from '../generate/bodies.ts';
import { type Country, countryByIso } from '../generate/countries.ts';
import { blockedMessage, outboundMessage } from '../generate/messageRows.ts';
import { dayMs, hourMs } from '../generate/rhythm.ts';
import { sendersOf } from '../generate/senders.ts';
import { type StagedAccount, stagedAccount } from '../generate/staged.ts';
import { hash32 } from '../random.ts';
import { blockWindows } from './blockWindows.ts';
import type { Incident, IncidentLabel } from './incident.ts';
import { type PumpingShape, targetsOf } from './pumpingTargets.ts';
import { attackedNumbers, type RecipientPattern } from './recipients.ts';
import { createWave, surgeRate } from './wave.ts';
import { waveLayer } from './waveLayer.ts';

export interface SmsPumpingOptions {
  /** Position of the account: 0 is the main account. */
  readonly account: number;
  readonly shape: PumpingShape;
  /** Epoch milliseconds. */
  readonly start: number;
  readonly end: number;
  /** ISO codes; chosen from the account's market to fit the shape when absent. */
  readonly countries?: readonly string[];
  /** Messages per hour and country at the height of it. */
  readonly perHour?: number;
  readonly recipients?: RecipientPattern;
  /** Attacked blocks of ten thousand per country. */
  readonly blockCount?: number;
  /** The attacked blocks by country, instead of drawn ones. */
  readonly blocks?: Readonly<Record<string, readonly string[]>>;
  /** Verify attempts per message, for accounts with a Verify service. */
  readonly verifyShare?: number;
  /** Share of the attack's passwords that are typed in all the same. */
  readonly conversion?: number;
  /** Share of the attack's messages that are delivered. */
  readonly delivery?: number;
  /** When Twilio begins to block; never when absent. */
  readonly blockedFrom?: number;
}

const usualRate: Readonly<Record<PumpingShape, number>> = {
  burst: 1500,
  drip: 18,
  'many-countries': 140,
  'new-country': 800,
  'busy-country': 500,
};

/** Artificially inflated traffic: bots ask the account's sign-up form for passwords to numbers their owner earns from. */
export function smsPumping(options: SmsPumpingOptions): Incident {
  return {
    type: 'sms-pumping',
    layOver: (stage) => {
      const staged = stagedAccount(stage, options.account);
      const countries = options.countries?.map(countryByIso) ?? targetsOf(staged, options.shape, options.start);
      return countries.map((country) => attack(staged, country, options));
    },
  };
}

function attack(staged: StagedAccount, country: Country, options: SmsPumpingOptions): IncidentLabel {
  const { account, profile } = staged;
  const {
    shape,
    end,
    recipients = 'sequential',
    blockCount = 2,
    verifyShare = 0,
    conversion = 0.02,
    delivery = 0.86,
  } = options;
  const key = hash32(staged.key, 'pumping', options.start, country.iso);
  // Many countries are not all attacked in the same minute.
  const start =
    shape === 'many-countries' ? options.start + ((hash32(key, 'delay') % 40) * hourMs) / 60 : options.start;
  const peak = options.perHour ?? usualRate[shape];
  const ramp = shape === 'drip' ? hourMs : 0.4 * hourMs;
  const numbers = attackedNumbers(country, key, recipients, blockCount, options.blocks?.[country.iso]);
  const blockedFrom = options.blockedFrom ?? Number.POSITIVE_INFINITY;
  const blocks = new Map((numbers.ranges.length > 0 ? numbers.ranges : ['']).map((range) => [range, windowsOf(range)]));

  function windowsOf(range: string): (at: number) => boolean {
    return blockWindows(key, range, blockedFrom, Math.max(end, start + dayMs));
  }
  const isBlocked = (to: string, at: number) => (blocks.get(to.slice(0, -4)) ?? blocks.get(''))?.(at) ?? false;

  const sender = sendersOf(account, profile.brand);
  const messageKey = hash32(key, 'messages');
  const wave = createWave({ key: messageKey, start, end, rate: surgeRate(messageKey, start, end, peak, ramp) });
  staged.messages.layers.push(
    waveLayer(wave, messageKey, ({ sid, at, position, random }) => {
      const to = numbers.number(position, random);
      const body = messageBody('otp', country.language, profile.brand, random);
      const message = { sid, at, to, body, country, random, delivery, ...sender('otp', random) };
      return isBlocked(to, at) ? blockedMessage(message) : outboundMessage(message);
    }),
  );

  const service = account.verifyServices[0];
  if (service !== undefined && verifyShare > 0) {
    const attemptKey = hash32(key, 'attempts');
    const rate = surgeRate(messageKey, start, end, peak * verifyShare, ramp);
    staged.attempts.layers.push(
      waveLayer(createWave({ key: attemptKey, start, end, rate }), attemptKey, ({ sid, at, position, random }) => {
        const to = numbers.number(position, random);
        const row = { sid, at, verifyServiceSid: service.sid, to, country, random, conversion };
        // Fraud Guard keeps a prefix closed for twelve hours, so once it blocks it goes on blocking.
        return at >= blockedFrom ? blockedAttempt(row) : verifyAttempt(row);
      }),
    );
  }
  return {
    type: 'sms-pumping',
    innocent: false,
    account: account.sid,
    country: country.iso,
    start,
    end,
    ranges: numbers.ranges,
  };
}
