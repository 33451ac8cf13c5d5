import type { TrafficReport } from '../../../src/core/traffic/report.ts';
import { addMessage, type TrafficTable } from '../../../src/core/traffic/table.ts';
import { windowEndingAt } from '../../../src/core/traffic/window.ts';
import type { World } from '../../../src/simulator/world.ts';

/** The report of a simulated world's last seven days, without the way through the network. */
export function worldReport({ now, accounts }: World): TrafficReport {
  const window = windowEndingAt(now());
  const counted = [...accounts.values()].map(({ sid, friendlyName, messages }) => {
    const table: TrafficTable = new Map();
    let count = 0;
    for (const row of messages.newestFirst(window.from, window.to)) {
      const message = {
        ...row,
        at: row.sent ?? row.at,
        outbound: row.direction.startsWith('outbound'),
        price: row.price === undefined ? undefined : -row.price,
        currency: 'USD',
      };
      if (addMessage(table, window, message)) count++;
    }
    return { account: sid, name: friendlyName, table, messages: count };
  });
  return { window, accounts: counted, gaps: [] };
}
