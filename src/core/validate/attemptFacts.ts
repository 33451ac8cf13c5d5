import type { CapturedRow } from '../evidence/evidenceStore.ts';
import { instantOf, numberOf, objectOf, textOf } from '../model/json.ts';
import { countryOf } from '../traffic/country.ts';
import { conversions } from '../traffic/detect/rows.ts';
import { type Columns, createColumns, createNames } from './column.ts';
import { outcomeOf, recipientOf } from './messageFacts.ts';
import type { Refs } from './refs.ts';

const shape = {
  account: 'u16',
  country: 'u16',
  time: 'u32',
  recipient: 'f64',
  outcome: 'u8',
  conversion: 'u8',
  errorCode: 'u32',
  price: 'f64',
  sender: 'u16',
  ref: 'f64',
} as const;

/** Verify attempts column by column, by time; columns as those of messages. */
export interface AttemptFacts {
  readonly rows: Columns<typeof shape> & { readonly rows: number };
  readonly accounts: readonly string[];
  readonly countries: readonly string[];
}

export function createAttemptFacts(refs: Refs) {
  const columns = createColumns(shape);
  const accounts = createNames();
  const countries = createNames();
  return {
    add(captured: CapturedRow): void {
      const { row } = captured;
      const at = instantOf(row, 'date_created');
      if (at === undefined) return;
      const data = objectOf(row, 'channel_data') ?? {};
      const to = textOf(data, 'to') ?? '';
      const found = countryOf(to);
      const price = numberOf(objectOf(row, 'price') ?? {}, 'value');
      const errorCode = numberOf(data, 'error_code');
      const conversion = textOf(row, 'conversion_status')?.toLowerCase();
      columns.add({
        account: accounts.of(captured.account),
        country: countries.of(
          found === 'unknown' ? (textOf(row, 'country') ?? textOf(data, 'country') ?? found) : found,
        ),
        time: Math.floor(at / 1000),
        recipient: recipientOf(to),
        outcome: outcomeOf(textOf(data, 'message_status')?.toLowerCase() ?? '', errorCode),
        conversion:
          conversion === 'converted'
            ? conversions.converted
            : conversion === 'unconverted'
              ? conversions.unconverted
              : conversions.unknown,
        errorCode: errorCode ?? 0,
        price: price === undefined ? Number.NaN : Math.round(Math.abs(price) * 1e6),
        sender: 0,
        ref: refs.of(captured),
      });
    },
    done: (): AttemptFacts => ({
      rows: columns.sortedBy('time'),
      accounts: accounts.names,
      countries: countries.names,
    }),
  };
}
