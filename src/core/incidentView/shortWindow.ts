import { span } from '../model/age.ts';
import type { Window } from '../model/incidentWindow.ts';

/** From here on days say enough in a row; the tooltip has the minutes. */
const inDays = 2 * span.day;

/** `11-14 to 11-21`, `11-21 22:00 to 11-22 06:00 UTC` or `11-21 06:00 to 11:00 UTC`; the days are UTC, too: as much of a window as a row of a side bar shows. */
export function shortWindow({ from, to }: Window): string {
  const [begin, end] = [from, to].map((at) => new Date(at).toISOString().slice(5, 16).split('T'));
  const [[fromDay, fromTime] = [], [toDay, toTime] = []] = [begin, end];
  if (to - from >= inDays) return `${fromDay} to ${toDay}`;
  return `${fromDay} ${fromTime} to ${fromDay === toDay ? '' : `${toDay} `}${toTime} UTC`;
}
