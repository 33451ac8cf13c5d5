import { nullable, record, text } from '../guard.ts';
import { type CountryOrBucket, isCountryOrBucket } from './country.ts';

/** What the page remembers of itself while it is hidden, and over a reload of the window: choices, never data. */
export interface Remembered {
  /** Whether the hours are looked at as a table. */
  readonly asTable: boolean;
  /** The account counted; `null`: all of them. */
  readonly account: string | null;
  readonly country: CountryOrBucket | null;
}

const shape = record<Remembered>({
  asTable: (value): value is boolean => typeof value === 'boolean',
  account: nullable(text(34)),
  country: nullable(isCountryOrBucket),
});

const nothing: Remembered = { asTable: false, account: null, country: null };

/** What was remembered; nothing where that is not readable. */
export function rememberedOf(value: unknown): Remembered {
  return shape(value) ? value : nothing;
}
