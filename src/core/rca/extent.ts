import type { Extent } from '../validate/scope.ts';
import { cited, data, type Inline, type Line, strong, text } from './document.ts';
import type { RcaFacts } from './facts.ts';
import { count, money, utcMinute } from './formats.ts';
import type { Verdict } from './verdict.ts';

const kinds = [
  { key: 'messages', one: 'message', many: 'messages' },
  { key: 'attempts', one: 'Verify attempt', many: 'Verify attempts' },
  { key: 'calls', one: 'call', many: 'calls' },
] as const;
type Kind = (typeof kinds)[number];
const mostAccounts = 10;

/** How much of the traffic is part of what the indicators found, in all and by account: a list's items. Nothing when that is none. */
export function extent({ verdict, accounts }: Pick<RcaFacts, 'verdict' | 'accounts'>): readonly Line[] {
  const { scope, citation } = verdict ?? {};
  if (!scope || citation === undefined) return [];
  const all = kinds.flatMap((kind) => {
    const total = sum(scope.accounts.map((one) => one[kind.key]));
    return total.found > 0 ? [{ kind, total }] : [];
  });
  if (all.length === 0) return [];
  const { first, last } = scope;
  const when = first === undefined || last === undefined ? '' : `, ${utcMinute(first)} to ${utcMinute(last)}`;
  const affected = scope.accounts.filter((one) => kinds.some(({ key }) => one[key].found > 0));
  const nameOf = (sid: string) => accounts.find((one) => one.sid === sid)?.name || sid;
  return [
    [
      strong('Part of the attack:'),
      text(' '),
      ...joined(all.map(({ kind, total }) => words(kind, total, scope, true))),
      text(when),
      ...cited([citation]),
    ],
    ...(affected.length < 2 ? [] : affected.slice(0, mostAccounts)).map((one): Line => {
      const own = kinds.filter(({ key }) => one[key].found > 0);
      return [
        strong('Account:'),
        text(' '),
        data(nameOf(one.account)),
        text(' '),
        ...joined(own.map((kind) => words(kind, one[kind.key], scope, false))),
        ...cited([citation]),
      ];
    }),
  ];
}

/** `5,300 of 23,021 messages, 2,273.63 USD`. */
function words(
  { key, one, many }: Kind,
  { found, count: all, minutes, cost, estimated, unpriced }: Extent,
  { currency, callCurrency }: NonNullable<Verdict['scope']>,
  withTotal: boolean,
): Line {
  const what = withTotal ? `${count(found)} of ${count(all)} ${many}` : `${count(found)} ${found === 1 ? one : many}`;
  const long = minutes > 0 ? ` with ${count(minutes)} begun minutes` : '';
  const unit = key === 'calls' ? callCurrency : currency;
  const paid: readonly Inline[] =
    cost === 0 && !estimated ? [] : [text(', '), ...money(cost, unit, estimated || unpriced > 0)];
  return [text(`${what}${long}`), ...paid];
}

function sum(extents: readonly Extent[]): Extent {
  const of = (key: 'count' | 'found' | 'minutes' | 'cost' | 'unpriced') =>
    extents.reduce((all, one) => all + one[key], 0);
  return {
    count: of('count'),
    found: of('found'),
    minutes: of('minutes'),
    cost: of('cost'),
    unpriced: of('unpriced'),
    estimated: extents.some(({ estimated }) => estimated),
  };
}

function joined(parts: readonly Line[]): Line {
  return parts.flatMap((part, i) => (i === 0 ? part : [text('; '), ...part]));
}
