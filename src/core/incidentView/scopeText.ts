import type { AccountScope, Extent, Scope } from '../validate/scope.ts';

/** How many messages, attempts and calls of an account are part of what was found. */
export function foundOf({ messages, attempts, calls }: AccountScope): number {
  return messages.found + attempts.found + calls.found;
}

/** `1,234 of 48,211`, with minutes where there are some. */
export function extentText(extents: readonly Extent[]): string {
  const sum = (key: 'count' | 'found' | 'minutes'): number => extents.reduce((all, one) => all + one[key], 0);
  const minutes = sum('minutes') > 0 ? `, ${number(sum('minutes'))} minutes` : '';
  return `${number(sum('found'))} of ${number(sum('count'))}${minutes}`;
}

/** `USD 1,234.50 estimated`, per currency; empty when nothing has a price. */
export function costText(
  { currency, callCurrency }: Pick<Scope, 'currency' | 'callCurrency'>,
  accounts: readonly AccountScope[],
): string {
  const sums = new Map<string, { amount: number; estimated: boolean }>();
  const add = (unit: string, { cost, estimated }: Extent): void => {
    const sum = sums.get(unit) ?? { amount: 0, estimated: false };
    sums.set(unit, { amount: sum.amount + cost, estimated: sum.estimated || estimated });
  };
  for (const { messages, attempts, calls } of accounts) {
    add(currency, messages);
    add(currency, attempts);
    add(callCurrency, calls);
  }
  return [...sums]
    .filter(([, { amount }]) => amount > 0)
    .map(([unit, { amount, estimated }]) => `${unit} ${money(amount)}${estimated ? ' estimated' : ''}`)
    .join(' and ');
}

function money(amount: number): string {
  return amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
