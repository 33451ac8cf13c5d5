import { percent } from '../core/traffic/flags.ts';
import { moneysText } from '../core/traffic/money.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { signed, whole } from './formats.ts';

/** The numbers of a country's row as they are shown, from the last 24 hours to the week. */
export function rowTexts(row: TrafficState['rows'][number]): readonly string[] {
  return [
    whole(row.observed),
    whole(row.expected),
    // The difference of the two numbers beside it as they are shown: a median may end in a half.
    signed(row.observed - Math.round(row.expected)),
    row.blocked === 0 ? '–' : `${whole(row.blocked)} (${percent(row.blocked, row.observed)})`,
    row.observed === 0 ? '–' : percent(row.delivered, row.observed),
    `${moneysText(row.cost)}${row.costEstimated ? ' (estimated)' : ''}${row.unpriced > 0 ? ' *' : ''}`,
    whole(row.week),
  ];
}
