import { isObject, type Json, type JsonObject } from '../../src/core/model/json.ts';
import type { Page, ReplyProof, Twilio } from '../../src/core/ports.ts';
import type { OperationId } from '../../src/core/twilio/operations.ts';
import { itemsOf } from '../../src/core/twilio/paging.ts';
import type { TwilioRequest } from '../../src/core/twilio/request.ts';

type Answer = (
  request: TwilioRequest,
) => JsonObject | readonly JsonObject[] | Promise<JsonObject | readonly JsonObject[]>;

export interface FakeTwilio extends Twilio {
  readonly asked: readonly TwilioRequest[];
  readonly sent: readonly TwilioRequest[];
}

/** The proof of a reply that nobody received. */
export const proof: ReplyProof = {
  request: 'GET https://api.twilio.com/',
  receivedAt: 0,
  sha256: '0'.repeat(64),
  bytes: 2,
  removed: {},
};

/**
 * Twilio as a table of answers, for tests of core. A list may be given whole; `pageSize` cuts it into pages. An operation without an
 * answer fails the test.
 */
export function fakeTwilio(answers: Partial<Record<OperationId, Answer>>, pageSize = 1000): FakeTwilio {
  const asked: TwilioRequest[] = [];
  const sent: TwilioRequest[] = [];
  const answer = async (request: TwilioRequest) => {
    const give = answers[request.operation];
    if (!give) throw new Error(`nobody expected ${request.operation}`);
    return give(request);
  };
  return {
    asked,
    sent,
    async page(request): Promise<Page> {
      asked.push(request);
      const given = await answer(request);
      if (!Array.isArray(given)) {
        const body = given as JsonObject;
        return { status: 200, body, proof, items: itemsOf(request, body) };
      }
      const rows: readonly Json[] = given;
      const start = Number(request.continueAt ?? 0);
      const items = rows.slice(start, start + pageSize).filter(isObject);
      const more = start + pageSize < rows.length;
      return {
        status: 200,
        body: {},
        proof,
        items,
        ...(more && { next: { ...request, continueAt: String(start + pageSize) } }),
      };
    },
    async send(request) {
      sent.push(request);
      return { status: 200, body: (await answer(request)) as JsonObject, proof };
    },
  };
}

/** A SID of the right shape, told apart by its number. */
export function sid(prefix: string, number: number): string {
  return `${prefix}${number.toString(16).padStart(32, '0')}`;
}
