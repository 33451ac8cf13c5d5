import { UserError } from '../errors.ts';
import type { Connection } from '../model/connection.ts';
import { textOf } from '../model/json.ts';
import type { AccountSid } from '../model/sid.ts';
import type { Twilio } from '../ports.ts';
import type { Target } from './target.ts';

/** An account that a plan acts on. The name is hostile text, and empty where it could not be read. */
export interface PlannedAccount {
  readonly account: AccountSid;
  readonly name: string;
}

/** Targets that are an account, or all of something in one: their name is the account's. */
const wholes: readonly Target['kind'][] = ['subaccount', 'liveCalls', 'authToken', 'scheduledMessages'];

/** The accounts of these targets, each once, by name: who confirms must see where it happens, not only who signed in. */
export async function accountsOf(
  targets: readonly Target[],
  { connection, twilio }: { readonly connection: Connection; readonly twilio: Twilio },
): Promise<readonly PlannedAccount[]> {
  const byAccount = Map.groupBy(targets, ({ account }) => account);
  return Promise.all(
    [...byAccount].map(async ([account, own]) => {
      if (account === connection.account) return { account, name: connection.name };
      const known = own.find(({ kind, name }) => wholes.includes(kind) && name !== '')?.name;
      return { account, name: known ?? (await nameOf(account, twilio)) };
    }),
  );
}

/** A name that cannot be read must not stop a containment: the SID says which account it is. */
async function nameOf(account: AccountSid, twilio: Twilio): Promise<string> {
  try {
    const { body } = await twilio.page({ operation: 'fetchAccount', account });
    return textOf(body, 'friendly_name') ?? '';
  } catch (reason) {
    if (reason instanceof UserError) return '';
    throw reason;
  }
}
