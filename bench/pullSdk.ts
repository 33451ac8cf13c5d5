import twilio from 'twilio';
import { measured, now, pullAccount, report, token, window } from './pullSide.ts';

// Twilio's SDK as its manual says it: every message of the week, a thousand a page.
const port = Number(process.argv[2]);

class Loopback extends twilio.RequestClient {
  override request<TData>(options: Parameters<typeof twilio.RequestClient.prototype.request<TData>>[0]) {
    const url = new URL(options.uri);
    const headers = { ...options.headers, 'X-Original-Host': url.host };
    return super.request<TData>({ ...options, uri: `http://127.0.0.1:${port}${url.pathname}${url.search}`, headers });
  }
}

const client = twilio(pullAccount, token, { accountSid: pullAccount, httpClient: new Loopback() });
const messages = await client.messages.list({
  pageSize: 1000,
  dateSentAfter: new Date(window.from),
  dateSentBefore: new Date(now),
});
report(
  measured(),
  messages.map(({ sid }) => sid),
);
