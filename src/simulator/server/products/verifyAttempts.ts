import type { JsonObject } from '../../../core/model/json.ts';
import type { SimAttempt } from '../../world.ts';
import { ok } from '../answer.ts';
import { iso, windowByNames } from '../dates.ts';
import { liveTraffic } from '../liveTraffic.ts';
import { listWithMeta } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';

const common = { spec: 'verify_v2', host: 'verify.twilio.com', method: 'GET' } as const;
const origin = 'https://verify.twilio.com/v2/Attempts';
const retention = 30 * 86_400_000;

/** Attempts to send a code, and whether it was entered. https://www.twilio.com/docs/verify/api/list-verification-attempts */
export const verifyAttemptRoutes: readonly Route[] = [
  {
    ...common,
    operationId: 'ListVerificationAttempt',
    path: '/v2/Attempts',
    permission: '/twilio/verify/attempts/list',
    handle: (call) =>
      listWithMeta(
        call,
        'attempts',
        (to) => matching(call, to),
        (attempt) => shape(call, attempt),
      ),
  },
  {
    ...common,
    operationId: 'FetchVerificationAttemptsSummary',
    path: '/v2/Attempts/Summary',
    permission: '/twilio/verify/attempts/read',
    handle: summary,
  },
];

function* matching(call: Call, before: number): Iterable<SimAttempt> {
  const { query, account, now } = call;
  const { from, to } = windowByNames(query, ['DateCreatedAfter', 'DateCreatedBefore'], now, retention);
  const asked = (name: string, value: string) => (query.get(name) ?? value) === value;
  const prefix = query.get('DestinationPrefix') ?? '';
  for (const attempt of liveTraffic(call, account.attempts).newestFirst(from, Math.min(to, before)))
    if (
      asked('ChannelData.To', attempt.to) &&
      asked('Country', attempt.country) &&
      asked('Channel', attempt.channel) &&
      asked('VerifyServiceSid', attempt.verifyServiceSid) &&
      asked('VerificationSid', attempt.verificationSid) &&
      asked('Status', conversion(attempt)) &&
      attempt.to.startsWith(prefix.startsWith('+') || prefix === '' ? prefix : `+${prefix}`)
    )
      yield attempt;
}

function summary(call: Call): Answer {
  let [total, converted] = [0, 0];
  for (const attempt of matching(call, call.now)) {
    total += 1;
    if (attempt.converted) converted += 1;
  }
  return ok({
    total_attempts: total,
    total_converted: converted,
    total_unconverted: total - converted,
    conversion_rate_percentage: total === 0 ? '0' : String(Number(((100 * converted) / total).toFixed(9))),
    url: `${origin}/Summary`,
  });
}

function conversion({ converted }: SimAttempt): string {
  return converted ? 'converted' : 'unconverted';
}

function shape({ account }: Call, attempt: SimAttempt): JsonObject {
  const service = account.verifyServices.find(({ sid }) => sid === attempt.verifyServiceSid);
  return {
    sid: attempt.sid,
    account_sid: account.sid,
    service_sid: attempt.verifyServiceSid,
    verification_sid: attempt.verificationSid,
    date_created: iso(attempt.at),
    date_updated: iso(attempt.at),
    conversion_status: conversion(attempt),
    channel: attempt.channel,
    price: { value: String(Math.abs(attempt.price)), currency: 'usd' },
    channel_data: {
      verification_sid: attempt.verificationSid,
      to: attempt.to,
      status: attempt.converted ? 'converted' : 'unconfirmed',
      message_status: attempt.messageStatus,
      error_code: attempt.errorCode === undefined ? null : String(attempt.errorCode),
      country: attempt.country,
      code_length: service?.codeLength ?? null,
      locale: 'en',
      mcc: null,
      mnc: null,
      carrier: null,
    },
    url: `${origin}/${attempt.sid}`,
  };
}
