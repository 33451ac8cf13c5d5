import { clockHour } from '../core/traffic/clockHour.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { dayName } from './formats.ts';
import { flagText } from './marks/flagIcon.ts';

type Row = Pick<TrafficState['rows'][number], 'flag' | 'since' | 'until' | 'finding'>;

/** What a flag is called beside its picture: `Surging`; of what is over, when it was: `Surged 20 Nov 14:00–18:00 UTC`. Empty without one. */
export function flagWords({ flag, since, until, finding }: Row): string {
  if (flag === null) return '';
  if (until !== null) return `${flag === 'never-seen' ? 'New, surged' : 'Surged'} ${stretchWords(since, until)}`;
  return flag === 'surging' && finding?.scope === 'blocks' ? 'Surging in few numbers' : flagText[flag];
}

/** `20 Nov 14:00–18:00 UTC`, `20 Nov 22:00–21 Nov 03:00 UTC`; without a beginning `until 20 Nov 18:00 UTC`. Epoch milliseconds. */
export function stretchWords(from: number | null, to: number): string {
  const end = clockHour(to).replace(',', '');
  if (from === null) return `until ${end} UTC`;
  const [day, clock] = [dayName(to), end.slice(-5)];
  return `${clockHour(from).replace(',', '')}–${dayName(from) === day ? clock : end} UTC`;
}
