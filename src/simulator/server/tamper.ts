import type { JsonObject } from '../../core/model/json.ts';
import type { Fault } from './faults.ts';
import type { Answer } from './route.ts';

/** A reply whose content is wrong although everything about its delivery is right. */
export function tamper(answer: Answer, faults: readonly Fault[], ownPath: string): Answer {
  if (!answer.body || answer.status !== 200) return answer;
  return { ...answer, body: faults.reduce((body, fault) => tampered(body, fault, ownPath), answer.body) };
}

function tampered(body: JsonObject, fault: Fault, ownPath: string): JsonObject {
  if (fault.kind === 'wrongNextPage') return misled(body, fault.to, ownPath);
  if (fault.kind !== 'dropItem' && fault.kind !== 'repeatItem') return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => {
      if (!Array.isArray(value)) return [key, value];
      return [key, fault.kind === 'dropItem' ? value.slice(1) : [...value, ...value.slice(-1)]];
    }),
  );
}

function misled(body: JsonObject, to: 'anotherHost' | 'itself', ownPath: string): JsonObject {
  const foreign = 'https://api.twilio.com.attacker.example';
  if ('next_page_uri' in body) return { ...body, next_page_uri: to === 'itself' ? ownPath : `${foreign}${ownPath}` };
  const meta = body['meta'];
  if (typeof meta !== 'object' || meta === null || Array.isArray(meta)) return body;
  const own = (meta as JsonObject)['url'];
  return { ...body, meta: { ...meta, next_page_url: to === 'itself' ? own : `${foreign}${ownPath}` } };
}
