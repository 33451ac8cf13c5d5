import { type AccountSid, accountSid } from '../../core/model/sid.ts';
import { makeSid, stream } from '../random.ts';

export interface Identity {
  readonly sid: AccountSid;
  readonly authToken: string;
}

/** The SID and token of the account at a position, drawn from the seed. The main account has position 0. */
export function drawIdentity(seed: number, position: number): Identity {
  const random = stream(seed, 'account', position);
  const sid = accountSid(makeSid(random, 'AC'));
  if (sid === undefined) throw new RangeError('A drawn SID has the shape of a SID.');
  return { sid, authToken: makeSid(random, '') };
}
