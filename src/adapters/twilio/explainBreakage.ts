import { UserError } from '../../core/errors.ts';
import { shortSid } from '../../core/model/sid.ts';
import { type TwilioRequest, toHttp } from '../../core/twilio/request.ts';
import type { Breakage } from './breakage.ts';

const sentences: Readonly<Record<Breakage, readonly ['network' | 'bad-reply' | 'too-large', string]>> = {
  dns: ['network', 'The name of {host} could not be looked up. Check the network or VPN, then try again.'],
  refused: [
    'network',
    '{host} refused the connection. A firewall or proxy may be in the way; check the network, then try again.',
  ],
  unreachable: ['network', '{host} cannot be reached from here. Check the network or VPN, then try again.'],
  timeout: [
    'network',
    '{host} did not answer in time. The network is slow or Twilio is; look at Twilio’s status page and try again.',
  ],
  reset: ['network', 'The connection to {host} broke before the answer was complete. Try again.'],
  certificate: [
    'network',
    'The certificate of {host} could not be verified, so the credential was not sent. A proxy that inspects traffic is the usual cause: install its certificate in the system, or use another network.',
  ],
  proxy: [
    'network',
    'The proxy between here and {host} refused the request (it may want a user name and password, HTTP 407). Check the VS Code setting "Http: Proxy".',
  ],
  malformed: ['bad-reply', '{host} sent something that is not HTTP. A proxy may be in the way; try another network.'],
  encoding: [
    'bad-reply',
    'The compressed answer of {host} is damaged or incomplete, so none of it was used. Try again.',
  ],
  redirect: [
    'bad-reply',
    '{host} answered with a redirect, which is never followed because it could carry the credential elsewhere. A login page of this network (captive portal) or a proxy may be the cause.',
  ],
  'web-page': [
    'bad-reply',
    'The answer is a web page, not Twilio data. This network may want a login first (captive portal), or a proxy is in the way. Open a web page in the browser, then try again.',
  ],
  'not-json': ['bad-reply', 'The answer of {host} is not the JSON it should be, so none of it was used. Try again.'],
  'too-large': [
    'too-large',
    'The answer of {host} is larger than this extension accepts, so reading stopped. Narrow the time window or the filter.',
  ],
};

/** A read that brought nothing usable, or a change that certainly never left. */
export function explainBreakage(breakage: Breakage, host: string): UserError {
  const [code, sentence] = sentences[breakage];
  // Named by product: whole host names are made inert where messages are shown, and read badly then.
  return new UserError(code, sentence.replaceAll('{host}', `Twilio (${host.split('.')[0]})`));
}

/** A change that was sent and whose outcome is not known. */
export function outcomeUnknown(
  request: TwilioRequest,
  reply: { status?: number; twilioCode?: number } = {},
): UserError {
  const { body = '' } = toHttp(request);
  const how = reply.status === undefined ? 'no usable answer came back' : `Twilio answered HTTP ${reply.status}`;
  return new UserError(
    'outcome-unknown',
    `The change was sent but ${how}, so it may or may not have taken effect (${request.operation} ${body} for ${shortSid(request.account)}). It is not sent again. Read the current state to settle what happened before doing anything else.`,
    reply,
  );
}
