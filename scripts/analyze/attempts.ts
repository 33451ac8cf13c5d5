import { conversions } from '../../src/core/traffic/detect/rows.ts';
import { accountOf, secondsOf } from '../../src/core/traffic/logRow.ts';
import { fieldsOf, recordsOf } from './files.ts';
import { recipientOf } from './messages.ts';

/** A Verify attempt: who was to get a code and whether it was used. */
export interface ReadAttempt {
  readonly account: string;
  readonly time: number;
  readonly to: string;
  readonly recipient: number;
  readonly conversion: number;
  readonly guardBlocked: boolean;
  readonly failed: boolean;
  /** Millionths, NaN where it is not said. */
  readonly price: number;
}

/** Reads Verify attempts as the API lists them, or a table with `to`, `date_created` and `conversion_status`. Other rows are left out. */
export async function readAttempts(file: string): Promise<ReadAttempt[]> {
  const found = new Map<string, ReadAttempt>();
  let unnamed = 0;
  for await (const record of recordsOf(file, () => undefined)) {
    const field = fieldsOf(record);
    const inner = fieldsOf(objectOf(record['channel_data'] ?? record['channelData'] ?? record['channeldata']));
    const price = fieldsOf(objectOf(record['price']));
    const status = (field('conversionstatus') ?? field('status') ?? '').toLowerCase();
    const time = secondsOf(field('datecreated') ?? field('createddate') ?? field('date'));
    const to = inner('to') ?? field('to') ?? field('channeldatato') ?? '';
    if (time === undefined || to === '' || !/^(?:un)?converted$/.test(status)) continue;
    const code = inner('errorcode') ?? field('errorcode');
    const state = (inner('messagestatus') ?? field('messagestatus') ?? '').toLowerCase();
    const cost = Number(price('value') ?? field('price') ?? Number.NaN);
    found.set(field('sid') ?? `row ${unnamed++}`, {
      account: accountOf(field('accountsid')),
      time,
      to,
      recipient: recipientOf(to),
      conversion: status === 'converted' ? conversions.converted : conversions.unconverted,
      guardBlocked: code === '60410',
      failed: state === 'failed' || state === 'undelivered',
      price: Number.isNaN(cost) ? Number.NaN : Math.round(Math.abs(cost) * 1e6),
    });
  }
  return [...found.values()];
}

/** A member that is a record, also as the JSON text a table has for it. */
function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value === 'string' && value.startsWith('{')) {
    try {
      return objectOf(JSON.parse(value));
    } catch {
      return {};
    }
  }
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
