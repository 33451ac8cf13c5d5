import { Cancelled, UserError } from '../errors.ts';
import type { Connection } from '../model/connection.ts';
import { shortSid } from '../model/sid.ts';
import type { Cancellation, Twilio } from '../ports.ts';
import type { OperationId } from './operations.ts';
import type { TwilioRequest } from './request.ts';

type Area =
  | 'account'
  | 'subaccounts'
  | 'apiKeys'
  | 'numbers'
  | 'messages'
  | 'messagingServices'
  | 'verify'
  | 'events'
  | 'alerts'
  | 'smsGeo'
  | 'voiceGeo';

/** Whether the credential reads an area, and a sentence that says so or why not. */
export interface Reach {
  readonly area: Area;
  readonly title: string;
  readonly reached: boolean;
  readonly sentence: string;
}

interface Try {
  readonly area: Area;
  readonly title: string;
  readonly operation: OperationId;
  readonly query?: TwilioRequest['query'];
}

const one = { PageSize: '1' };

/** One cheap read per area. Key classes cannot be told from a key, so what it reaches has to be tried. */
function tries(connection: Connection): readonly Try[] {
  return [
    { area: 'account', title: 'Account', operation: 'fetchAccount' },
    { area: 'subaccounts', title: 'Subaccounts', operation: 'listAccounts', query: one },
    { area: 'apiKeys', title: 'API keys', operation: 'listKeys', query: { AccountSid: connection.account, ...one } },
    { area: 'numbers', title: 'Phone numbers', operation: 'listPhoneNumbers', query: one },
    { area: 'messages', title: 'Messages', operation: 'listMessages', query: one },
    { area: 'messagingServices', title: 'Messaging Services', operation: 'listMessagingServices', query: one },
    { area: 'verify', title: 'Verify', operation: 'listVerifyServices', query: one },
    { area: 'events', title: 'Monitor events (who changed what)', operation: 'listEvents', query: one },
    { area: 'alerts', title: 'Monitor alerts (errors)', operation: 'listAlerts', query: one },
    {
      area: 'smsGeo',
      title: 'SMS geo-permissions',
      operation: 'fetchSmsGeoPermissions',
      query: { CountryCode: 'US' },
    },
    { area: 'voiceGeo', title: 'Voice geo-permissions', operation: 'listDialingPermissions', query: one },
  ];
}

/**
 * Reads one thing of every area at once and says what the credential reaches, in the order of the areas. Never throws for a
 * refused or failed read; throws `Cancelled`.
 */
export function probe(twilio: Twilio, connection: Connection, cancel?: Cancellation): Promise<readonly Reach[]> {
  return Promise.all(
    tries(connection).map(async ({ area, title, operation, query }): Promise<Reach> => {
      try {
        await twilio.page({ operation, account: connection.account, ...(query && { query }) }, cancel);
        return { area, title, reached: true, sentence: `${title}: can be read.` };
      } catch (error) {
        if (error instanceof Cancelled) throw error;
        const why = error instanceof UserError ? error.message : 'The read failed for an unknown reason; see the log.';
        return { area, title, reached: false, sentence: `${title}: ${why}` };
      }
    }),
  );
}

/** What the credential can and cannot reach, as a short paragraph for a person. */
export function summarize(reach: readonly Reach[], { credential, account }: Connection): string {
  const who =
    credential.kind === 'authToken'
      ? `The Auth Token of ${shortSid(account)}`
      : `The API key ${shortSid(credential.keySid)} of ${shortSid(account)}`;
  const read = reach.filter(({ reached }) => reached);
  const shut = reach.filter(({ reached }) => !reached);
  if (read.length === 0) return `${who} reaches nothing. ${shut[0]?.sentence ?? ''}`.trim();
  return [
    shut.length === 0 ? `${who} can read everything this extension uses.` : `${who} can read: ${titles(read)}.`,
    ...(shut.length > 0 ? [`It cannot read: ${titles(shut)}.`] : []),
    beyond(reach, credential.kind),
  ].join(' ');
}

function titles(reach: readonly Reach[]): string {
  return reach.map(({ title }) => title).join(', ');
}

function beyond(reach: readonly Reach[], kind: Connection['credential']['kind']): string {
  if (kind === 'authToken')
    return 'It reaches subaccounts too: phone numbers and traffic directly, the rest with each subaccount’s own token, which is read when needed and never stored.';
  const reached = (area: Area) => reach.some((one) => one.area === area && one.reached);
  const most = 'An API key never reaches what belongs to a subaccount; sign in with the Auth Token for that.';
  return reached('apiKeys') && reached('subaccounts')
    ? most
    : `${most} Listing keys and accounts needs the Auth Token, a Main key, or a restricted key with those permissions.`;
}
