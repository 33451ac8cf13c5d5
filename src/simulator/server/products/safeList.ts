import { invalid, noContent, notFound, ok, Refusal } from '../answer.ts';
import type { Answer, Call, Route } from '../route.ts';
import { digest } from '../serverState.ts';

const place = { spec: 'accounts_v1', host: 'accounts.twilio.com', path: '/v1/SafeList/Numbers' } as const;

/** The Global Safe List: it can be asked about one number, never listed. https://www.twilio.com/docs/usage/global-safe-list */
export const safeListRoutes: readonly Route[] = [
  { ...place, operationId: 'FetchSafelist', method: 'GET', handle: fetch },
  { ...place, operationId: 'CreateSafelist', method: 'POST', handle: create },
  { ...place, operationId: 'DeleteSafelist', method: 'DELETE', handle: remove },
];

function fetch(call: Call): Answer {
  const number = numberIn(call.query);
  if (!call.account.safeList.has(number)) throw notFound(number);
  return ok(shape(call, number));
}

function create(call: Call): Answer {
  const number = numberIn(call.form);
  if (call.account.safeList.has(number)) throw new Refusal(400, 60411, 'Phone number is already in SafeList');
  call.account.safeList.add(number);
  return ok(shape(call, number), 201);
}

function remove(call: Call): Answer {
  const number = numberIn(call.query);
  if (!call.account.safeList.delete(number)) throw notFound(number);
  return noContent;
}

/** A number in E.164, or the thousand numbers that share all but the last three digits. */
function numberIn(parameters: URLSearchParams): string {
  const number = parameters.get('PhoneNumber') ?? '';
  if (!/^\+[1-9]\d{3,14}(xxx)?$/.test(number)) throw invalid('PhoneNumber');
  return number;
}

function shape({ account }: Call, number: string) {
  return { sid: `GN${digest(`${account.sid} ${number}`)}`, phone_number: number };
}
