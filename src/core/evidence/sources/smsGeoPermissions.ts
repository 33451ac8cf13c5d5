import { objectsOf, textOf } from '../../model/json.ts';
import type { EvidenceSource } from '../source.ts';
import { sourceTitles } from '../sourceTitles.ts';

/** Which countries messages can be sent to: all of them, a row each. https://www.twilio.com/docs/iam/api/messaging-geopermissions */
export const smsGeoPermissions: EvidenceSource = {
  id: 'sms-geo-permissions',
  title: sourceTitles['sms-geo-permissions'],
  kind: 'state',
  scope: 'account',
  requests: ({ account }) => [{ operation: 'fetchSmsGeoPermissions', account }],
  rows: (reply) => objectsOf(reply, 'permissions'),
  key: (row) => textOf(row, 'country_code'),
};
