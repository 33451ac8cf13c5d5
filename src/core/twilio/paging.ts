import { UserError } from '../errors.ts';
import { type JsonObject, objectOf, objectsOf, textOf } from '../model/json.ts';
import { operationOf } from './operations.ts';
import type { TwilioRequest } from './request.ts';

/** The items of a list reply. A reply without the key it must have is an error, never an empty list. */
export function itemsOf(request: TwilioRequest, body: JsonObject): readonly JsonObject[] {
  const { list } = operationOf(request.operation);
  if (!list) return [body];
  if (!Array.isArray(body[list.items]))
    throw new UserError(
      'bad-reply',
      `Twilio's reply to ${request.operation} has no "${list.items}", so it cannot be used. Try again; if it stays, look at Twilio’s status page.`,
    );
  return objectsOf(body, list.items);
}

/**
 * The request for the next page, absent on the last one. v2010 sends `next_page_uri` (relative), the newer APIs
 * `meta.next_page_url` (absolute). A link that leaves the operation's own host and path, or leads back to the same page, is refused:
 * replies must not be able to steer where credentials go.
 */
export function nextPage(request: TwilioRequest, body: JsonObject): TwilioRequest | undefined {
  const { list, host, path } = operationOf(request.operation);
  if (!list) return undefined;
  const meta = objectOf(body, 'meta');
  const link = textOf(body, 'next_page_uri') ?? (meta && textOf(meta, 'next_page_url'));
  if (!link) return undefined;
  const continueAt = link.startsWith(`https://${host}/`) ? link.slice(`https://${host}`.length) : link;
  const ownPath = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'AccountSid' ? request.account : encodeURIComponent(request.path?.[name] ?? ''),
  );
  const target = continueAt.split('?', 1)[0];
  if (
    target !== ownPath ||
    !/^[\x21-\x7e]+$/.test(continueAt) ||
    continueAt.includes('#') ||
    continueAt === request.continueAt
  )
    throw new UserError(
      'bad-reply',
      `Twilio's reply to ${request.operation} names a next page that does not belong to it. Stopped here: what is shown is incomplete.`,
    );
  const { operation, account, path: values } = request;
  return { operation, account, ...(values && { path: values }), continueAt };
}
