import { finite, nullable, oneOf, record, text } from '../guard.ts';
import { type Channel, channels } from './channel.ts';
import { type CountryOrBucket, isCountryOrBucket } from './country.ts';

/** What the page remembers of itself while it is hidden, and over a reload of the window: choices, never data. */
export interface Remembered {
  /** Whether the hours are looked at as a table. */
  readonly asTable: boolean;
  /** The account counted; `null`: all of them. */
  readonly account: string | null;
  readonly country: CountryOrBucket | null;
  readonly channel: Channel;
  /** The hours shown: a ready-made span, or instants, epoch milliseconds. */
  readonly span: 'day' | 'week' | 'incident' | { readonly from: number; readonly to: number };
}

const readyMade = oneOf('day', 'week', 'incident');
const drawn = record<{ readonly from: number; readonly to: number }>({ from: finite, to: finite });
const shape = record<Remembered>({
  asTable: (value): value is boolean => typeof value === 'boolean',
  account: nullable(text(34)),
  country: nullable(isCountryOrBucket),
  channel: oneOf(...channels),
  span: (value): value is Remembered['span'] => readyMade(value) || drawn(value),
});

const nothing: Remembered = { asTable: false, account: null, country: null, channel: 'sms', span: 'day' };

/** What was remembered; nothing where that is not readable. */
export function rememberedOf(value: unknown): Remembered {
  return shape(value) ? value : nothing;
}
