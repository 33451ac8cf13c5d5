import type { Credential } from './credentials.ts';

/** What the SDK made of a request: its headers and, from its credential, the Basic authorization. */
export interface Signed {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface SdkRequest {
  readonly uri: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly headers?: object | undefined;
}

interface SdkClient {
  request(options: {
    method?: 'get' | 'post' | 'patch' | 'delete';
    uri?: string;
    username?: string;
    password?: string;
    headers?: Record<string, string>;
  }): Promise<unknown>;
}

/** The part of `twilio/lib/base/BaseTwilio` in use. Its own `httpClient` type names the whole axios client. */
type SdkClientClass = new (
  username?: string,
  password?: string,
  options?: {
    httpClient?: { request(options: SdkRequest): Promise<unknown> };
    accountSid?: string;
    env?: Record<string, string>;
    edge?: string;
    region?: string;
    logLevel?: string;
    userAgentExtensions?: string[];
  },
) => SdkClient;

/**
 * Sends one request through the Twilio SDK, with `exchange` as the SDK's HTTP client. The SDK is loaded at the first request,
 * so that starting the extension does not pay for it. The client lives for one call and is handed the credential with it, so
 * no object that lives on holds one. Every option is given, because the SDK would otherwise take the account, the token, the
 * edge and the region (that is, the host) from the environment: empty texts switch those off. Callers check the URL again.
 */
export async function throughSdk<T>(
  { method, url }: { readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; readonly url: string },
  { actsAs, username, secret }: Credential,
  exchange: (signed: Signed) => Promise<T>,
): Promise<T> {
  const Client = await loadClient();
  let outcome: Promise<T> | undefined;
  const client = new Client(actsAs, 'given with each call', {
    accountSid: actsAs,
    env: {},
    edge: '',
    region: '',
    logLevel: '',
    userAgentExtensions: ['incident-investigator-for-twilio'],
    httpClient: {
      request(options) {
        outcome = exchange({ url: options.uri, headers: signedHeaders(options) });
        return outcome;
      },
    },
  });
  await client.request({ method: sdkMethods[method], uri: url, username, password: secret() });
  if (!outcome) throw new Error('the Twilio SDK did not call its HTTP client');
  return outcome;
}

const sdkMethods = { GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const;

async function loadClient(): Promise<SdkClientClass> {
  const { default: sdk } = await import('twilio/lib/base/BaseTwilio.js');
  // The SDK calls nothing but `request` on an HTTP client that it is given.
  return sdk.Client as SdkClientClass;
}

/** HTTP Basic (RFC 7617), as Twilio's own client writes it. */
function signedHeaders({ username, password, headers = {} }: SdkRequest): Record<string, string> {
  const plain = Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  return { ...Object.fromEntries(plain), Authorization: `Basic ${basic}` };
}
