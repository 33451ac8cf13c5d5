import { UserError } from '../../core/errors.ts';
import type { Connection } from '../../core/model/connection.ts';
import { operationOf } from '../../core/twilio/operations.ts';
import { type HttpRequest, isMutation, type TwilioRequest, toHttp } from '../../core/twilio/request.ts';

/** Where requests physically go: Twilio over TLS, or the in-process simulator on loopback. */
export type Route = { readonly kind: 'twilio' } | { readonly kind: 'simulator'; readonly port: number };

/**
 * Ties real credentials to Twilio and demo credentials to the simulator, for the life of the transport.
 * Throws `UserError('not-allowed')` for any other pairing.
 */
export function checkRoute(route: Route, connection: Connection): void {
  if ((route.kind === 'simulator') !== connection.demo)
    throw new UserError(
      'not-allowed',
      connection.demo
        ? 'The demo account only ever talks to the built-in simulator. Nothing was sent.'
        : 'A real account only ever talks to Twilio, never to the simulator. Nothing was sent.',
    );
  if (route.kind === 'simulator' && !(Number.isInteger(route.port) && route.port > 0 && route.port < 65_536))
    throw new UserError('bad-input', 'The simulator has no valid port, so the demo cannot start. Reload the window.');
}

/**
 * Spells the request out and proves that it stays where its operation belongs: the host that the table of operations names,
 * at the default port, and the operation's own path. No setting, environment or reply has a say in the host. Requests can be rebuilt from stored pages, so this does not rely on `nextPage` having checked them.
 * Throws `UserError('not-allowed')` before anything is sent.
 */
export function addressOf(request: TwilioRequest): HttpRequest {
  const http = toHttp(request);
  const url = URL.parse(`https://${http.host}${http.path}`);
  const legal =
    url !== null &&
    url.origin === `https://${http.host}` &&
    url.hash === '' &&
    /^\/[\x21-\x7e]*$/.test(http.path) &&
    url.pathname === http.path.split('?', 1)[0] &&
    belongs(url.pathname, request) &&
    !(isMutation(request) && request.continueAt !== undefined);
  if (!legal)
    throw new UserError(
      'not-allowed',
      `The address of this ${request.operation} request does not belong to the operation. Nothing was sent.`,
    );
  return { ...http, path: `${url.pathname}${url.search}` };
}

function belongs(pathname: string, { operation, account }: TwilioRequest): boolean {
  const wanted = operationOf(operation).path.split('/');
  const given = pathname.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => {
      const own = given[at];
      if (!part.includes('{')) return part === own;
      // `{AccountSid}.json`: the placeholder may carry a suffix.
      const [, name, suffix = ''] = /^\{(\w+)\}(.*)$/.exec(part) ?? [];
      if (own === undefined || !own.endsWith(suffix)) return false;
      const value = own.slice(0, own.length - suffix.length);
      return name === 'AccountSid' ? value === account : /^[\w+%~-][\w.+%~-]*$/.test(value);
    })
  );
}
