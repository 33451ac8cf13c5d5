import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Document, OpenAPIBackend, type Request } from 'openapi-backend';
import { closedForms, compilable, type Schema, sharpened } from './corrections.ts';
import { replyFormats, requestFormats } from './openApiFormats.ts';

interface Operation {
  readonly operationId?: string;
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, { readonly content?: unknown }>>;
}

type Servers = readonly { readonly url: string }[];

interface TwilioDocument {
  readonly servers?: Servers;
  readonly paths: Readonly<Record<string, { readonly servers?: Servers } & Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

export interface Sent {
  readonly method: string;
  readonly host: string;
  /** With query. */
  readonly path: string;
  readonly body?: string;
}

/** One of Twilio's OpenAPI documents, asked about requests and replies. Both give what is wrong, in words; nothing when all is well. */
export interface Contract {
  requestProblems(operationId: string, sent: Sent): readonly string[];
  replyProblems(operationId: string, status: number, body: unknown): readonly string[];
}

const folder = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@twilio/cli-core/package.json')),
  'src/services/twilio-api',
);
const methods = ['get', 'post', 'patch', 'delete', 'put'];
/** Their bodies hold options only, all of which may be left out. https://www.twilio.com/docs/iam/api/authtoken */
const bodyOptional = new Set(['CreateSecondaryAuthToken', 'UpdateAuthTokenPromotion']);
const loaded = new Map<string, Promise<Contract>>();

/** The document `twilio_<spec>.json`, read once. */
export function contractOf(spec: string): Promise<Contract> {
  const known = loaded.get(spec) ?? load(spec);
  loaded.set(spec, known);
  return known;
}

async function load(spec: string): Promise<Contract> {
  const forRequests = read(spec);
  const forReplies = read(spec);
  closedForms(forRequests);
  compilable(forRequests);
  sharpened(forReplies);
  compilable(forReplies);
  const requests = await backend(forRequests, { formats: requestFormats, coerceTypes: true });
  const replies = await backend(forReplies, { formats: replyFormats });
  const hosts = hostsOf(forRequests);
  return {
    requestProblems(operationId, sent) {
      const request = asRequest(sent);
      const found = requests.matchOperation(request);
      if (!found) return [`no operation of ${spec} fits ${sent.method} ${sent.path}`];
      if (found.operationId !== operationId) return [`${sent.method} ${sent.path} is ${found.operationId}`];
      const problems: string[] = [];
      const host = hosts.get(operationId);
      if (host !== sent.host) problems.push(`its host is ${host}, not ${sent.host}`);
      // The documents do not say that a body is required, so that none at all would pass for a valid one.
      if (found.requestBody && !sent.body && !bodyOptional.has(operationId)) problems.push('it has no body');
      return [...problems, ...words(requests.validateRequest(request, operationId).errors)];
    },
    replyProblems(operationId, status, body) {
      const documented = operationsOf(forReplies).find(([one]) => one === operationId)?.[1].responses[String(status)];
      if (!documented) return [`${operationId} has no documented reply ${status}`];
      if (!documented.content) return body === undefined ? [] : [`${status} has no body`];
      return words(replies.validator.validateResponse(body, operationId, status).errors);
    },
  };
}

function read(spec: string): TwilioDocument & Document {
  return JSON.parse(readFileSync(path.join(folder, `twilio_${spec}.json`), 'utf8'));
}

async function backend(
  definition: Document,
  { coerceTypes = false, formats }: { coerceTypes?: boolean; formats: Readonly<Record<string, RegExp | true>> },
): Promise<OpenAPIBackend> {
  const ajvOpts = { strict: false, allErrors: true, formats };
  const api = new OpenAPIBackend({ definition, quick: true, strict: false, coerceTypes, ajvOpts });
  await api.init();
  return api;
}

function operationsOf({ paths, servers: common }: TwilioDocument): readonly (readonly [string, Operation, string])[] {
  return Object.values(paths).flatMap((item) =>
    methods.flatMap((method) => {
      const operation = item[method] as Operation | undefined;
      const host = new URL((item.servers ?? common)?.[0]?.url ?? 'https://unknown.invalid').host;
      return operation?.operationId ? [[operation.operationId, operation, host] as const] : [];
    }),
  );
}

function hostsOf(document: TwilioDocument): ReadonlyMap<string, string> {
  return new Map(operationsOf(document).map(([operationId, , host]) => [operationId, host]));
}

function asRequest({ method, path: target, body }: Sent): Request {
  const [pathname = '/', search = ''] = target.split('?');
  return {
    method: method.toLowerCase(),
    path: pathname,
    query: lists(new URLSearchParams(search)),
    headers: body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' },
    ...(body !== undefined && { body: lists(new URLSearchParams(body), ['Permissions']) }),
  };
}

/** Parameters by name; those given more than once, and those that are lists by nature, as lists. */
function lists(parameters: URLSearchParams, always: readonly string[] = []): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      const [only] = values;
      return [name, values.length > 1 || always.includes(name) || only === undefined ? values : only];
    }),
  );
}

function words(
  errors: readonly { instancePath: string; message?: string; params: object }[] | null | undefined,
): readonly string[] {
  return (errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
