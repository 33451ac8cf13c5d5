import type { HeatRow } from '../../core/traffic/panelHeat.ts';
import { whole } from '../formats.ts';

/** What the heat map shows, for somebody who does not see it. */
export function describeHeat(rows: readonly HeatRow[]): string {
  const loud = rows.filter(({ above }) => above.some((one) => one === 1));
  const told = loud.map(({ name, above }) => `${name} ${whole(above.reduce<number>((a, b) => a + b, 0))} h`).join(', ');
  const what = `${whole(rows.length)} countries by hour.`;
  return loud.length === 0
    ? `${what} No hour is above its usual range.`
    : `${what} Hours above the usual range: ${told}.`;
}
