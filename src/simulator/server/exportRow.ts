import type { JsonObject } from '../../core/model/json.ts';
import type { SimAccount, SimCall, SimMessage } from '../world.ts';
import { iso } from './dates.ts';

/** A message as BulkExport writes it: numbers as numbers, dates in ISO 8601. https://www.twilio.com/docs/usage/bulkexport/export-custom-job */
export function exportedMessage({ sid: account }: SimAccount, message: SimMessage): JsonObject {
  const { sent, price, errorCode } = message;
  return {
    date_updated: iso(sent ?? message.at),
    date_sent: sent === undefined ? null : iso(sent),
    date_created: iso(message.at),
    body: message.body,
    num_segments: message.segments,
    sid: message.sid,
    num_media: 0,
    messaging_service_sid: message.messagingServiceSid ?? null,
    account_sid: account,
    from: message.from,
    to: message.to,
    error_code: errorCode ?? null,
    status: message.status,
    direction: message.direction,
    ...(price !== undefined && { price }),
  };
}

/** A call likewise. */
export function exportedCall({ sid: account }: SimAccount, call: SimCall): JsonObject {
  return {
    date_created: iso(call.at),
    date_updated: iso(call.at + call.duration * 1000),
    start_time: iso(call.at),
    end_time: iso(call.at + call.duration * 1000),
    sid: call.sid,
    account_sid: account,
    from: call.from,
    to: call.to,
    duration: call.duration,
    status: call.status,
    direction: call.direction,
    ...(call.price !== undefined && { price: call.price }),
  };
}
