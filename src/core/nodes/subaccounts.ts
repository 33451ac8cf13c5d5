import type { Branch, NodeKind, Scope } from '../accounts/nodeKind.ts';
import { accountParts } from '../contain/accountParts.ts';
import { duration, span, utc } from '../model/age.ts';
import { instantOf, textOf } from '../model/json.ts';
import { type AccountSid, accountSid, shortSid } from '../model/sid.ts';

interface Subaccount {
  readonly sid: AccountSid;
  readonly name: string;
  readonly status: string;
  readonly created: number | undefined;
}

/** Pumping often comes from accounts this young (Fraud Response Guide, "Validate"). */
const young = 7 * span.day;

const subaccounts: NodeKind<Subaccount> = {
  id: 'subaccounts',
  heading: 'Subaccounts',
  about: 'Status and age of each; below it everything that belongs to it. Those younger than 7 days are marked.',
  icon: 'organization',
  order: 1,
  empty: 'No subaccounts',
  mainOnly: true,
  lists: ({ account }) => [{ operation: 'listAccounts', account }],
  read(item) {
    const sid = accountSid(textOf(item, 'sid'));
    if (!sid) return undefined;
    const status = textOf(item, 'status') ?? 'unknown';
    return { sid, name: textOf(item, 'friendly_name') ?? '', status, created: instantOf(item, 'date_created') };
  },
  branches: (rows, scope) => rows.filter(({ sid }) => sid !== scope.main).map((row) => branch(row, scope)),
};
export default subaccounts;

function branch({ sid, name, status, created }: Subaccount, scope: Scope): Branch {
  const age = created === undefined ? undefined : scope.now - created;
  const isYoung = status === 'active' && age !== undefined && age < young;
  const state = status === 'active' ? '' : ` · ${status}`;
  return {
    id: sid,
    label: name || sid,
    description: `${shortSid(sid)}${state}${age === undefined ? '' : ` · ${duration(age)} old`}`,
    icon: status === 'active' ? 'account' : 'circle-slash',
    ...(isYoung && {
      severity: {
        level: 'warning',
        reason: `Created ${duration(age)} ago. Fraud often runs through accounts younger than 7 days.`,
      },
    }),
    facts: [
      { name: 'Account SID', value: sid },
      { name: 'Status', value: status },
      ...(created === undefined ? [] : [{ name: 'Created', value: utc(created) }]),
    ],
    sid,
    consolePath: 'us1/account/manage-account/subaccounts',
    target: { kind: 'subaccount', account: sid, name, status },
    parts: accountParts(sid, name),
    opens: { account: sid, main: scope.main, now: scope.now },
  };
}
