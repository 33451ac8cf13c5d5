import type { NodeKind } from '../accounts/nodeKind.ts';
import { utc } from '../model/age.ts';
import { instantOf, textOf } from '../model/json.ts';
import { shortSid } from '../model/sid.ts';

interface VerifyService {
  readonly sid: string;
  readonly name: string;
  readonly codeLength: string;
  readonly created: number | undefined;
}

const verifyServices: NodeKind<VerifyService> = {
  id: 'verifyServices',
  heading: 'Verify services',
  about: 'What the API tells of a Verify service.',
  icon: 'verified',
  order: 5,
  empty: 'No Verify services',
  lists: ({ account }) => [{ operation: 'listVerifyServices', account }],
  read(item) {
    const sid = textOf(item, 'sid');
    if (!sid) return undefined;
    return {
      sid,
      name: textOf(item, 'friendly_name') ?? '',
      codeLength: textOf(item, 'code_length') ?? '',
      created: instantOf(item, 'date_created'),
    };
  },
  branches: (rows) =>
    rows.map(({ sid, name, codeLength, created }) => ({
      id: sid,
      label: name || sid,
      description: `${codeLength ? `${codeLength} digits · ` : ''}${shortSid(sid)}`,
      icon: 'verified',
      facts: [
        { name: 'Service SID', value: sid },
        // Twilio publishes neither the Fraud Guard level nor Verify's geo-permissions by API.
        { name: 'Fraud Guard, geo-permissions', value: 'not visible by API; see the Console' },
        ...(created === undefined ? [] : [{ name: 'Created', value: utc(created) }]),
      ],
      sid,
      consolePath: 'us1/develop/verify/services',
    })),
};
export default verifyServices;
