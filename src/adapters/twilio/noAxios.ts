/**
 * Stands in for the `axios` package in the bundle. The Twilio SDK requires axios when it loads but uses it only to build its
 * own HTTP client, which never happens here: requests go through `socket.ts`. So loading this must work, and any use must not.
 */
function refuse(): never {
  throw new Error('axios is not part of this extension: requests to Twilio go through adapters/twilio/socket.ts');
}

/** Same name as in axios; the SDK subclasses nothing and builds one only inside its own client. */
export class AxiosHeaders {
  constructor() {
    refuse();
  }
}

const axios = Object.assign(refuse, { create: refuse, request: refuse, get: refuse, post: refuse });

// biome-ignore lint/style/noDefaultExport: the SDK reads `default` of axios.
export { axios as default };
