import type { Branch, NodeKind, Scope } from '../accounts/nodeKind.ts';
import { accountParts } from '../contain/accountParts.ts';
import { duration, span, utc } from '../model/age.ts';
import { instantOf, numberOf, textOf } from '../model/json.ts';
import { type AccountSid, accountSid, shortSid } from '../model/sid.ts';

interface Subaccount {
  readonly sid: AccountSid;
  readonly name: string;
  readonly status: string;
  readonly created: number | undefined;
}

/** One of the newest messages of a subaccount. */
interface Looked {
  readonly of: string;
  readonly code: number | undefined;
}

type Row = Subaccount | Looked;

/** Subaccounts looked into, and messages of each: enough to see an attack that goes on. Of more, the young ones alone. */
const mostLooked = 60;
const messagesEach = 100;
/** What Twilio itself blocks as fraud. */
const blocks: ReadonlySet<number> = new Set([30450, 30453]);
/** So many of the newest messages are no single mishap. */
const telling = 3;

/** Pumping often comes from accounts this young (Fraud Response Guide, "Validate"). */
const young = 7 * span.day;

const subaccounts: NodeKind<Row> = {
  id: 'subaccounts',
  heading: 'Subaccounts',
  about:
    'Status and age of each; below it everything that belongs to it. Those younger than 7 days are marked, and those whose messages Twilio blocks as fraud.',
  icon: 'organization',
  order: 1,
  empty: 'No subaccounts',
  mainOnly: true,
  lists: ({ account }) => [{ operation: 'listAccounts', account }],
  looks(rows, { main, now }) {
    const active = rows.flatMap((row) => ('status' in row && row.status === 'active' && row.sid !== main ? [row] : []));
    const isYoung = ({ created }: Subaccount) => created !== undefined && now - created < young;
    const looked = active.length <= mostLooked ? active : active.filter(isYoung).slice(0, mostLooked);
    return looked.map(({ sid: account }) => ({
      operation: 'listMessages',
      account,
      query: { PageSize: String(messagesEach) },
    }));
  },
  read(item, source) {
    if (source === 'listMessages') return { of: textOf(item, 'account_sid') ?? '', code: numberOf(item, 'error_code') };
    const sid = accountSid(textOf(item, 'sid'));
    if (!sid) return undefined;
    const status = textOf(item, 'status') ?? 'unknown';
    return { sid, name: textOf(item, 'friendly_name') ?? '', status, created: instantOf(item, 'date_created') };
  },
  branches(rows, scope) {
    const looked = Map.groupBy(
      rows.flatMap((row) => ('of' in row ? [row] : [])),
      ({ of }) => of,
    );
    return rows.flatMap((row) =>
      'status' in row && row.sid !== scope.main ? [branch(row, looked.get(row.sid) ?? [], scope)] : [],
    );
  },
};
export default subaccounts;

function branch({ sid, name, status, created }: Subaccount, looked: readonly Looked[], scope: Scope): Branch {
  const age = created === undefined ? undefined : scope.now - created;
  const isYoung = status === 'active' && age !== undefined && age < young;
  const blocked = blockedOf(looked).length;
  const said = [
    status === 'active' ? '' : status,
    // What the mark is about, before what only tells accounts apart.
    blocked >= telling ? `${Math.round((100 * blocked) / looked.length)}% blocked` : '',
    age === undefined ? '' : `${duration(age)} old`,
    shortSid(sid),
  ];
  return {
    id: sid,
    label: name || sid,
    description: said.filter((part) => part !== '').join(' · '),
    icon: status === 'active' ? 'account' : 'circle-slash',
    ...severityOf(looked, isYoung ? age : undefined),
    facts: [
      { name: 'Account SID', value: sid },
      { name: 'Status', value: status },
      ...(created === undefined ? [] : [{ name: 'Created', value: utc(created) }]),
      ...(looked.length === 0 ? [] : [{ name: 'Blocked as fraud', value: blockedText(looked) }]),
    ],
    sid,
    consolePath: 'us1/account/manage-account/subaccounts',
    target: { kind: 'subaccount', account: sid, name, status },
    parts: accountParts(sid, name),
    opens: { account: sid, main: scope.main, now: scope.now },
  };
}

/** Blocks say more than youth: an attack goes on. */
function severityOf(looked: readonly Looked[], youngFor: number | undefined): Pick<Branch, 'severity'> {
  if (blockedOf(looked).length >= telling)
    return { severity: { level: 'critical', reason: `Twilio blocks its messages as fraud: ${blockedText(looked)}.` } };
  if (youngFor === undefined) return {};
  const reason = `Created ${duration(youngFor)} ago. Fraud often runs through accounts younger than 7 days.`;
  return { severity: { level: 'warning', reason } };
}

function blockedText(looked: readonly Looked[]): string {
  const found = blockedOf(looked);
  const codes = [...new Set(found.map(({ code }) => code))].toSorted().join(', ');
  return `${found.length} of its newest ${looked.length} messages${codes === '' ? '' : ` (${codes})`}`;
}

function blockedOf(looked: readonly Looked[]): readonly Looked[] {
  return looked.filter(({ code }) => code !== undefined && blocks.has(code));
}
