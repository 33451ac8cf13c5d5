import type { CapturedRow } from '../../../../src/core/evidence/evidenceStore.ts';
import type { TableSource } from '../../../../src/core/evidence/export/tables.ts';
import type { JsonObject } from '../../../../src/core/model/json.ts';
import { accountSid } from '../../../../src/core/model/sid.ts';

const account = accountSid(`AC${'1'.repeat(32)}`);

export function sidOf(kind: string, number: number): string {
  return `${kind}${number.toString(16).padStart(32, '0')}`;
}

export function captured(source: TableSource, row: JsonObject, line = 1): CapturedRow {
  if (!account) throw new Error('no account SID');
  return { source, account, row, file: `evidence/${source}-0001.jsonl.gz`, line };
}

/** A message as the REST API lists it; anything in it can be exchanged. */
export function messageRow(number: number, other: JsonObject = {}): JsonObject {
  const sid = sidOf('SM', number);
  return {
    sid,
    account_sid: account ?? null,
    api_version: '2010-04-01',
    body: `Your order ${number} has shipped`,
    date_created: 'Sat, 21 Nov 2026 03:12:07 +0000',
    date_sent: 'Sat, 21 Nov 2026 03:12:08 +0000',
    date_updated: 'Sat, 21 Nov 2026 03:12:09 +0000',
    direction: 'outbound-api',
    error_code: null,
    error_message: null,
    from: '+14155550100',
    to: '+79581111234',
    messaging_service_sid: null,
    num_media: '0',
    num_segments: '1',
    price: '-0.04500',
    price_unit: 'USD',
    status: 'delivered',
    subresource_uris: { media: `/2010-04-01/Accounts/${account}/Messages/${sid}/Media.json` },
    uri: `/2010-04-01/Accounts/${account}/Messages/${sid}.json`,
    ...other,
  };
}
