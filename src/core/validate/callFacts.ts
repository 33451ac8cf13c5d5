import type { CapturedRow } from '../evidence/evidenceStore.ts';
import { currencyCode } from '../model/currency.ts';
import { instantOf, numberOf, textOf } from '../model/json.ts';
import { isOutboundCall } from '../traffic/callLog.ts';
import { countryOf } from '../traffic/country.ts';
import { premiumKind } from '../traffic/premiumRanges.ts';
import { type Columns, createColumns, createNames } from './column.ts';
import type { Refs } from './refs.ts';

const shape = {
  account: 'u16',
  country: 'u16',
  /** Start, epoch seconds, and how long it lasted. */
  time: 'u32',
  seconds: 'u32',
  /** 1: to a satellite network, a premium-rate range and the like. */
  premium: 'u8',
  /** 1: somebody or something answered. */
  answered: 'u8',
  /** Millionths of `currency`, NaN until rated. */
  price: 'f64',
  ref: 'f64',
} as const;

/** Outbound calls column by column, by time. */
export interface CallFacts {
  readonly rows: Columns<typeof shape> & { readonly rows: number };
  readonly accounts: readonly string[];
  readonly countries: readonly string[];
  readonly currency: string;
}

export function createCallFacts(refs: Refs) {
  const columns = createColumns(shape);
  const accounts = createNames();
  const countries = createNames();
  let currency: string | undefined;
  return {
    add(captured: CapturedRow): void {
      const { row } = captured;
      const at = instantOf(row, 'start_time') ?? instantOf(row, 'date_created');
      if (at === undefined || !isOutboundCall(textOf(row, 'direction') ?? '')) return;
      const to = textOf(row, 'to') ?? '';
      const seconds = Math.max(0, numberOf(row, 'duration') ?? 0);
      const price = numberOf(row, 'price');
      if (price !== undefined) currency ??= currencyCode(textOf(row, 'price_unit'));
      columns.add({
        account: accounts.of(captured.account),
        country: countries.of(countryOf(to)),
        time: Math.floor(at / 1000),
        seconds,
        premium: premiumKind(to) ? 1 : 0,
        answered: seconds > 0 ? 1 : 0,
        price: price === undefined ? Number.NaN : Math.round(Math.abs(price) * 1e6),
        ref: refs.of(captured),
      });
    },
    done: (): CallFacts => ({
      rows: columns.sortedBy('time'),
      accounts: accounts.names,
      countries: countries.names,
      currency: currency ?? 'USD',
    }),
  };
}
