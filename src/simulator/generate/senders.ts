import { pick, type Random } from '../random.ts';
import type { SimAccount } from '../world.ts';
import type { MessageKind } from './profile.ts';

export interface Sender {
  readonly from: string;
  readonly messagingServiceSid: string | undefined;
}

/** The use case a messaging service declares at Twilio when it is meant for this kind of message. */
const usecases: Readonly<Record<MessageKind, string>> = {
  otp: 'verification',
  notice: 'notifications',
  reminder: 'notifications',
  marketing: 'marketing',
};

/** At most 11 letters and digits, as carriers allow. */
export function alphanumericSender(brand: string): string {
  return brand.replace(/[^A-Za-z0-9]/g, '').slice(0, 11);
}

/**
 * Who sends each kind of message: a number of the messaging service meant for it, else any number of the account, else
 * the brand's name. Looks at the account's numbers once, so that later changes do not rewrite history.
 */
export function sendersOf(account: SimAccount, brand: string): (kind: MessageKind, random: Random) => Sender {
  const all = account.numbers.map(({ phoneNumber }) => phoneNumber);
  const poolOf = (kind: MessageKind) => {
    const service = account.messagingServices.find(({ usecase }) => usecase === usecases[kind]);
    const sids = new Set(service?.numberSids);
    const own = account.numbers.filter(({ sid }) => sids.has(sid)).map(({ phoneNumber }) => phoneNumber);
    const numbers = own.length > 0 ? own : all;
    return { sid: service?.sid, from: numbers.length > 0 ? numbers : [alphanumericSender(brand)] };
  };
  const pools = {
    otp: poolOf('otp'),
    notice: poolOf('notice'),
    reminder: poolOf('reminder'),
    marketing: poolOf('marketing'),
  };
  return (kind, random) => ({ from: pick(random, pools[kind].from), messagingServiceSid: pools[kind].sid });
}
