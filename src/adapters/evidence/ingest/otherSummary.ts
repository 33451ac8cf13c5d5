import { billedMinutes, isOutboundCall } from '../../../core/traffic/callLog.ts';
import { unpriced } from '../../../core/traffic/logColumns.ts';
import type { AttemptSummary, CallSummary, OtherSummary } from '../../../core/traffic/logImport.ts';
import type { OtherColumns } from './otherColumns.ts';
import type { OtherTable, OtherValues } from './otherTable.ts';

export function summaryOfCalls(table: OtherTable): CallSummary {
  const columns = table.columns();
  const outbound = table.values.ways.map(isOutboundCall);
  let minutes = 0;
  let count = 0;
  for (let row = 0; row < table.rows; row++) {
    if (!outbound[columns.way[row] ?? 0]) continue;
    count++;
    minutes += billedMinutes(columns.seconds[row] ?? 0);
  }
  return { ...shared(table, columns), outbound: count, minutes };
}

export function summaryOfAttempts(table: OtherTable): AttemptSummary {
  const columns = table.columns();
  const yes = table.values.statuses.indexOf('converted');
  return { ...shared(table, columns), converted: yes < 0 ? 0 : columns.status.filter((code) => code === yes).length };
}

function shared({ rows, superseded, values }: OtherTable, columns: OtherColumns): OtherSummary {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const at of columns.time) {
    if (at < from) from = at;
    if (at > to) to = at;
  }
  const span = rows > 0 ? { from: from * 1000, to: to * 1000 } : { from: 0, to: 0 };
  return { rows, superseded, ...span, cost: costOf(columns, values) };
}

function costOf({ price, currency }: OtherColumns, { currencies }: OtherValues): OtherSummary['cost'] {
  const micros = currencies.map(() => 0);
  for (const [row, one] of price.entries())
    if (one !== unpriced) micros[currency[row] ?? 0] = (micros[currency[row] ?? 0] ?? 0) + one;
  return currencies
    .map((code, index) => ({ currency: code, amount: (micros[index] ?? 0) / 1e6 }))
    .filter(({ amount }) => amount > 0);
}
