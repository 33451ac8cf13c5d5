import type { AccountNormal } from './evidence.ts';
import { conversions, outcomes, rowsBetween, type SeriesRows } from './rows.ts';

/** What is normal in an account as a whole in the week before an instant (epoch seconds), each asked for once. */
export function createAccountNormals(series: readonly SeriesRows[]): (account: string, until: number) => AccountNormal {
  const known = new Map<string, AccountNormal>();
  return (account, until) => {
    const key = `${account} ${until}`;
    const normal = known.get(key) ?? normalOf(series, account, until);
    known.set(key, normal);
    return normal;
  };
}

/** No country counts for more than this, so that neither the largest nor an attack decides alone. */
const mostPerSeries = 200;

function normalOf(series: readonly SeriesRows[], account: string, until: number): AccountNormal {
  const sum = { converted: 0, unconverted: 0, messages: 0, failed: 0 };
  for (const rows of series) {
    if (rows.account !== account) continue;
    const { from, to } = rowsBetween(rows, until - 7 * 86_400, until);
    const step = Math.max(1, Math.ceil((to - from) / mostPerSeries));
    for (let i = from; i < to; i += step) {
      sum.messages++;
      if (rows.conversion[i] === conversions.converted) sum.converted++;
      else if (rows.conversion[i] === conversions.unconverted) sum.unconverted++;
      if (rows.outcome[i] === outcomes.failed) sum.failed++;
    }
  }
  return sum;
}
