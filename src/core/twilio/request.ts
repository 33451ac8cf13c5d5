import { UserError } from '../errors.ts';
import { type AccountSid, isSid } from '../model/sid.ts';
import type { Host, Operation } from './operation.ts';
import { type OperationId, operationOf } from './operations.ts';
import { fits } from './patterns.ts';

type Parameters = Readonly<Record<string, string | readonly string[]>>;

/** One call to Twilio, as data: it can be shown, compared, recorded and sent. */
export interface TwilioRequest {
  readonly operation: OperationId;
  /** Whose resources: fills `{AccountSid}` and decides which credential signs the request. */
  readonly account: AccountSid;
  readonly path?: Readonly<Record<string, string>>;
  /** Twilio's names as documented, operators included (`DateSent>`). */
  readonly query?: Parameters;
  readonly form?: Parameters;
  /** Path and query of a later page, taken from a reply by `nextPage`. */
  readonly continueAt?: string;
}

/** What goes over the wire, without credentials. */
export interface HttpRequest {
  readonly method: Operation['method'];
  readonly host: Host;
  /** Path with query string. */
  readonly path: string;
  /** `application/x-www-form-urlencoded`, for mutations. */
  readonly body?: string;
}

/** Spells a request out. The preview a person confirms and the transport both use this, so they cannot differ. */
export function toHttp(request: TwilioRequest): HttpRequest {
  const operation = operationOf(request.operation);
  const { method, host } = operation;
  checkForm(request, operation);
  const path = request.continueAt ?? `${fillPath(request, operation)}${queryString(request, operation)}`;
  return { method, host, path, ...(request.form && { body: encode(request.form) }) };
}

/** `POST https://api.twilio.com/… Status=suspended`: the line a person reads before confirming. */
export function describe(request: TwilioRequest): string {
  const { method, host, path, body } = toHttp(request);
  return `${method} https://${host}${path}${body ? ` ${body}` : ''}`;
}

/** True when sending this request changes something at Twilio. */
export function isMutation(request: TwilioRequest): boolean {
  return operationOf(request.operation).method !== 'GET';
}

function fillPath(request: TwilioRequest, operation: Operation): string {
  return operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = name === 'AccountSid' ? request.account : request.path?.[name];
    if (value === undefined) throw new Error(`${request.operation} lacks its path value ${name}`);
    return encodeURIComponent(value);
  });
}

function queryString(request: TwilioRequest, { list }: Operation): string {
  const pageSize = request.query?.['PageSize'] ?? String(list?.pageSize);
  const query = { ...request.query, ...(list && { PageSize: pageSize }) };
  const text = encode(query);
  return text && `?${text}`;
}

/** A change may name an account and carry what its operation lists, and nothing else; a read carries no form. */
function checkForm(
  { operation, account, form, path, query, continueAt }: TwilioRequest,
  { mutation }: Operation,
): void {
  const legal = mutation
    ? isSid('AC', account) &&
      allowed(form, mutation.form) &&
      allowed(path, mutation.path) &&
      allowed(query, mutation.query) &&
      continueAt === undefined &&
      (mutation.formless === true || Object.keys(form ?? {}).length > 0)
    : allowed(form, {});
  if (!legal)
    throw new UserError(
      'not-allowed',
      `${operation} with these values is not among the changes this extension makes. Nothing was sent.`,
    );
}

function allowed(values: Parameters | undefined, rules: NonNullable<Operation['mutation']>['form'] = {}): boolean {
  return Object.entries(values ?? {}).every(([name, value]) => {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    return rule !== undefined && typeof value === 'string' && fits(rule, value);
  });
}

function encode(parameters: Parameters): string {
  return Object.entries(parameters)
    .flatMap(([name, value]) => [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`))
    .join('&');
}
