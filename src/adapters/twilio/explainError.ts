import { type FailureCode, UserError } from '../../core/errors.ts';
import type { Connection } from '../../core/model/connection.ts';
import { type JsonObject, numberOf, textOf } from '../../core/model/json.ts';
import { shortSid } from '../../core/model/sid.ts';
import type { OperationId } from '../../core/twilio/operations.ts';
import type { TwilioRequest } from '../../core/twilio/request.ts';

/** What is known about who asked, which decides what a refusal means. */
export interface Asked {
  readonly request: TwilioRequest;
  readonly connection: Connection;
  /** A subaccount signed for itself; its status when its token was read. */
  readonly borrowed?: { readonly status: string } | undefined;
  /** Twilio has accepted this credential before. */
  readonly proven: boolean;
}

type Told = readonly [FailureCode, string];

const closedToStandardKeys: ReadonlySet<OperationId> = new Set([
  'listKeys',
  'listAccounts',
  'fetchAccount',
  'updateAccountStatus',
  'fetchKey',
  'deleteKey',
  'createKey',
]);

const supportHint = 'If Twilio suspended it, write to Twilio Support from an address of the account.';

/**
 * Turns Twilio's refusal into a sentence. Twilio's own text can hold what an attacker wrote, so only its numeric code and
 * a well-formed permission name are taken from it. Codes: https://www.twilio.com/docs/api/errors
 */
export function explainError(asked: Asked, status: number, body: JsonObject): UserError {
  const twilioCode = numberOf(body, 'code');
  const [code, sentence] = byCode(asked, twilioCode, textOf(body, 'message')) ?? byStatus(asked, status, twilioCode);
  return new UserError(code, sentence, { status, ...(twilioCode !== undefined && { twilioCode }) });
}

function byCode(asked: Asked, code: number | undefined, message: string | undefined): Told | undefined {
  const account = shortSid(asked.request.account);
  switch (code) {
    case 70051:
      return missingPermission(asked, message);
    case 20005:
    case 20403:
    case 10001:
    case 90010:
      if (asked.borrowed && asked.borrowed.status !== 'active') return unauthorized(asked);
      return [
        'account-suspended',
        `Account ${account} is suspended or closed, so Twilio refuses its requests. ${supportHint}`,
      ];
    case 20008:
      return ['not-permitted', 'These are test credentials, which reach almost nothing. Sign in with live ones.'];
    case 20404:
      return notFound(asked);
    case 20422:
    case 20423:
      return [
        'bad-input',
        `Twilio rejected a value in ${asked.request.operation} (error ${code}). Nothing was changed.`,
      ];
    case 20429:
      return throttled(account);
    case 21475:
      return ['bad-input', `Twilio rejected the status for account ${account}. Nothing was changed.`];
    case 21476:
      return [
        'account-suspended',
        `The parent of ${account} is itself suspended, so its subaccounts cannot be changed. ${supportHint}`,
      ];
    case 21477:
      return [
        'not-permitted',
        `${account} is a main account. It cannot suspend or close itself: only Twilio Support can do that.`,
      ];
    case 21478:
      return [
        'not-permitted',
        `Twilio itself suspended account ${account}, so it cannot be reactivated from here. Write to Twilio Support.`,
      ];
    case 21479:
      return ['not-permitted', `Account ${account} is closed for good and cannot be reopened.`];
    default:
      return undefined;
  }
}

function byStatus(asked: Asked, status: number, code: number | undefined): Told {
  const { operation, account } = asked.request;
  const named = code === undefined ? `HTTP ${status}` : `error ${code}`;
  if (status === 401) return unauthorized(asked);
  if (status === 403) return ['not-permitted', `Twilio does not let this credential do ${operation} (${named}).`];
  if (status === 404) return notFound(asked);
  if (status === 407)
    return ['network', 'A proxy wants a user name and password (HTTP 407). Check the VS Code setting "Http: Proxy".'];
  if (status === 429) return throttled(shortSid(account));
  if (status >= 500)
    return ['server', `Twilio has a problem of its own (${named}). Look at Twilio’s status page and try again later.`];
  const lookup = code === undefined ? '' : ` Twilio’s error dictionary says more about ${code}.`;
  return ['bad-input', `Twilio refused ${operation} (${named}). Nothing was changed.${lookup}`];
}

function unauthorized({ request, connection, borrowed, proven }: Asked): Told {
  const { credential, account } = connection;
  const sub = shortSid(request.account);
  if (borrowed)
    return borrowed.status === 'active'
      ? [
          'bad-credential',
          `Twilio no longer takes the token of subaccount ${sub}: it was changed meanwhile. Try again.`,
        ]
      : [
          'account-suspended',
          `Subaccount ${sub} is ${borrowed.status === 'closed' ? 'closed' : 'suspended'}, so Twilio refuses its own credentials: this cannot be read until it is active again.`,
        ];
  if (credential.kind === 'apiKey' && closedToStandardKeys.has(request.operation))
    return [
      'not-permitted',
      `Twilio refused ${request.operation}. Most likely this is a Standard API key: it cannot read accounts or keys; sign in with the Auth Token or a Main key.${proven ? '' : ' If every other request fails too, the key was deleted or its secret is wrong.'}`,
    ];
  const what = credential.kind === 'apiKey' ? `API key ${shortSid(credential.keySid)}` : 'Auth Token';
  const remedy = credential.kind === 'apiKey' ? 'the key was deleted' : 'somebody changed the token';
  return proven
    ? [
        'bad-credential',
        `Twilio no longer accepts the ${what} of ${shortSid(account)}: ${remedy}, or the account was suspended. Sign in again with a current credential.`,
      ]
    : [
        'bad-credential',
        `Twilio does not accept the ${what} for ${shortSid(account)}. Check that both were copied whole; else ${remedy}, or the account is suspended.`,
      ];
}

function missingPermission({ request, connection: { credential } }: Asked, message: string | undefined): Told {
  const permission = /(?:^|[\s"'`([])(\/twilio\/[a-z/-]{1,80})(?=$|[\s"'`)\].,;])/.exec(message ?? '')?.[1];
  if (credential.kind === 'authToken')
    return ['not-permitted', `Twilio refused ${request.operation}: the account is suspended, or is not this one.`];
  return [
    'not-permitted',
    `The restricted API key ${shortSid(credential.keySid)} lacks the permission ${permission ?? `for ${request.operation}`}. Add it to the key in the Twilio Console, or sign in with the Auth Token.`,
  ];
}

function notFound({ request }: Asked): Told {
  return [
    'not-found',
    `Twilio does not find this under account ${shortSid(request.account)} (${request.operation}): it is gone, or belongs to another account.`,
  ];
}

function throttled(account: string): Told {
  return [
    'throttled',
    `Twilio is getting too many requests for account ${account} at once, from here or from other programs, and did not process this one. Wait a minute and try again.`,
  ];
}
