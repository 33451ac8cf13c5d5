import { clockHour } from '../core/traffic/clockHour.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';

type Span = TrafficState['span'];

/** What the hours shown are called, in a column's head and in the selector. */
export function spanName(span: Span): string {
  if (!span) return '';
  if (span.kind === 'brush') return hoursText(span);
  return { day: 'Last 24 h', week: '7 days', incident: 'Incident' }[span.kind];
}

/** The same within a sentence or title: `last 24 h`. */
export function spanWords(span: Span): string {
  if (!span) return '';
  if (span.kind === 'brush') return `${clockHour(span.from)} to ${clockHour(span.to)} UTC`;
  return { day: 'last 24 h', week: '7 days', incident: 'the incident' }[span.kind];
}

/** `Selected 9 h`. */
function hoursText({ from, to }: NonNullable<Span>): string {
  return `Selected ${Math.round((to - from) / 3_600_000)} h`;
}
