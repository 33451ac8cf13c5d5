import { textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';
import { sourceTitles } from '../sourceTitles.ts';

/** Which countries can be called. https://www.twilio.com/docs/voice/api/dialingpermissions-country-resource */
export const dialingPermissions: EvidenceSource = {
  id: 'dialing-permissions',
  title: sourceTitles['dialing-permissions'],
  kind: 'state',
  scope: 'account',
  requests: ({ account }) => [{ operation: 'listDialingPermissions', account }],
  key: (row) => textOf(row, 'iso_code'),
};
