import { UserError } from '../../core/errors.ts';
import type { Connection } from '../../core/model/connection.ts';
import { type AccountSid, isSid, shortSid } from '../../core/model/sid.ts';
import { type OperationId, operationOf } from '../../core/twilio/operations.ts';
import type { TwilioRequest } from '../../core/twilio/request.ts';
import { createKnownSecrets, type KnownSecrets } from './knownSecrets.ts';

/** Who signs a request. The secret is a function, so that printing the object cannot show it. */
export interface Credential {
  readonly username: string;
  readonly secret: () => string;
  /** The account that hosts other than api.twilio.com will act for. */
  readonly actsAs: AccountSid;
  /** For a subaccount's own token, read with the parent's: the subaccount's status at that time. */
  readonly borrowed?: { readonly status: string };
}

/** A subaccount's own token, as its parent may read it. */
export interface OwnToken {
  readonly token: string;
  readonly status: string;
}

export interface Credentials {
  /** The credential that can sign this request. Throws `UserError('not-permitted')` when there is none. */
  signing(request: TwilioRequest): Promise<Credential>;
  /** Drops a borrowed credential that Twilio no longer takes, so that the next request reads the token anew. */
  forget(credential: Credential): Promise<void>;
  /** Signs with this token for the account from now on: Twilio no longer takes the one before. */
  replace(account: AccountSid, token: string): void;
  /** Remembers a token that works beside the Auth Token of the account, for when that is no longer taken. */
  standBy(account: AccountSid, token: string): void;
  /** What stands by for a credential that Twilio refused; `undefined` when nothing does, or it is the same. */
  standby(refused: Credential): Credential | undefined;
  /** Every secret value that was ever in memory, in its spellings, to be kept out of replies. */
  readonly known: Pick<KnownSecrets, 'blank' | 'all'>;
}

/** The Accounts resource belongs to the parent even for a subaccount: a Main API key may read and suspend through it. */
const parentsOwn: ReadonlySet<OperationId> = new Set(['fetchAccount', 'updateAccountStatus']);

/**
 * Which credential reaches what: the main Auth Token reaches subaccounts on api.twilio.com only; the other hosts act for the
 * account that authenticates, so there a subaccount signs with its own token, read from the Accounts resource and kept in
 * memory; an API key never reaches subaccounts. https://www.twilio.com/docs/iam/api/subaccounts
 * Throws `UserError('bad-input')` for a credential that cannot be one.
 */
export function createCredentials(
  { account: main, credential }: Connection,
  secret: string,
  readToken: (account: AccountSid) => Promise<OwnToken>,
): Credentials {
  const username = credential.kind === 'authToken' ? main : credential.keySid;
  check(main, credential, secret);
  let own: Credential = { username, secret: () => secret, actsAs: main };
  const standbys = new Map<AccountSid, string>();
  const borrowed = new Map<AccountSid, Promise<Credential>>();
  const known = createKnownSecrets();
  learn(username, secret);

  /** As it is, backwards, and inside an `Authorization` header, which a proxy's error page may repeat, with or without its padding. */
  function learn(user: string, value: string): void {
    known.add(value);
    known.add([...value].reverse().join(''));
    for (const text of [value, `${user}:${value}`]) {
      const basic = Buffer.from(text).toString('base64');
      known.add(basic);
      known.add(basic.replace(/={1,2}$/, ''));
    }
  }

  // One read serves all who ask meanwhile, so nobody's cancellation ends it; a failed read is not remembered.
  function borrow(account: AccountSid): Promise<Credential> {
    const reading = readToken(account).then(({ token, status }): Credential => {
      learn(account, token);
      return { username: account, secret: () => token, actsAs: account, borrowed: { status } };
    });
    borrowed.set(account, reading);
    reading.catch(() => borrowed.get(account) === reading && borrowed.delete(account));
    return reading;
  }

  return {
    async signing({ account, operation }) {
      if (account === main) return own;
      if (credential.kind === 'apiKey' && !parentsOwn.has(operation))
        throw new UserError(
          'not-permitted',
          `An API key does not reach subaccounts, and ${shortSid(account)} is one. Nothing was sent. Sign in with the Account SID and Auth Token of ${shortSid(main)} to see it.`,
        );
      if (operationOf(operation).host === 'api.twilio.com') return own;
      return borrowed.get(account) ?? borrow(account);
    },
    replace(account, token) {
      learn(account, token);
      const signer: Credential = { username: account, secret: () => token, actsAs: account };
      if (account !== main) borrowed.set(account, Promise.resolve({ ...signer, borrowed: { status: 'active' } }));
      else if (credential.kind === 'authToken') own = signer;
    },
    standBy(account, token) {
      learn(account, token);
      standbys.set(account, token);
    },
    standby({ actsAs, username, secret: refused, borrowed: isBorrowed }) {
      const token = standbys.get(actsAs);
      if (token === undefined || isBorrowed || username !== actsAs || token === refused()) return undefined;
      return { username: actsAs, secret: () => token, actsAs };
    },
    async forget(used) {
      const kept = borrowed.get(used.actsAs);
      const current = await kept;
      if (current === used && borrowed.get(used.actsAs) === kept) borrowed.delete(used.actsAs);
    },
    known,
  };
}

function check(main: string, credential: Connection['credential'], secret: string): void {
  if (!isSid('AC', main) || (credential.kind === 'apiKey' && !isSid('SK', credential.keySid)))
    throw new UserError(
      'bad-input',
      'This is not an Account SID (AC and 32 digits) or API key SID (SK and 32 digits). Copy it again from the Twilio Console.',
    );
  if (!/^[\x21-\x7e]{8,256}$/.test(secret))
    throw new UserError(
      'bad-input',
      'The Auth Token or API key secret is empty, too short or has blanks or unusual characters in it. Copy it again.',
    );
}
