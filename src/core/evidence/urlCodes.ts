import type { MaskedText } from './maskCodes.ts';

const hosts =
  'com|net|org|info|biz|app|dev|top|xyz|site|online|club|shop|live|link|click|icu|vip|io|co|me|ly|to|cc|uk|us|in|de|fr|es|it|nl|pl|ru|cn|jp|br|au|ca|za|ng';
/** Printable ASCII without quotes and angle brackets: text of other scripts ends an address. */
const rest = '[!#-&(-;=?-~]';

/**
 * Addresses in running text: with a scheme, beginning with `www.`, with a path after the host, or a host of lower-case letters under a
 * usual domain. `123456.Do not share` is none.
 */
export const urls = new RegExp(
  [
    `https?://${rest}+`,
    `(?<![\\w.-])www\\.${rest}+`,
    `(?<![\\w.-])(?=[\\w-]*[A-Za-z])[\\w-]{1,63}(?:\\.[\\w-]{1,63}){0,4}\\.[A-Za-z]{2,24}/${rest}*`,
    `(?<![\\w.-])(?=[a-z0-9-]*[a-z])[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63}){0,3}\\.(?:${hosts})(?![\\w-]|\\.\\w)`,
  ].join('|'),
  'g',
);

/** `code=…`, `otp:…`, `/token/…`, also `verificationCode=…`. */
const secrets =
  /((?:^|[?&#;,/._-])(?:[A-Za-z0-9_.-]{0,24}(?:code|otp|token|passcode|password|passwd|secret|pin)|tan|key|auth|verify|confirm|ticket)(?:\[\])?(?:=|:|%3[AaDd]|\/))([^&#;,/\s]+)/gi;

/** A part of the path, or a value, of nothing but digits. */
const digitsAlone = /([/=#])([0-9]{4,8})(?![^/&#?.,;)])/g;

/** A part of the path, or a value, as long as keys are. */
const long = /(\/|=|#)([A-Za-z0-9_~.-]{20,})(?=$|[/?&#;,)])/g;
/** Letters change to digits, or small ones to capitals, with nothing between: no words joined by hyphens. */
const random = /[A-Za-z]\d|\d[A-Za-z]|[a-z][A-Z]|^\d+$/;
const host = /^(?:[a-z]+:\/\/)?[^/?#]*/i;

/** What the text around an address speaks of: a code, or signing in. */
export interface AroundUrl {
  readonly named: boolean;
  readonly signsIn: boolean;
}

/**
 * The address with the values of its members called code, otp, token and the like masked; `named`: also what is nothing but 4 to 8 digits,
 * which such addresses repeat; `signsIn`: also what looks like a key, with which whoever has the link can sign in.
 */
export function maskUrlCodes(url: string, { named, signsIn }: AroundUrl): MaskedText {
  let masked = 0;
  const hide = (_: string, name: string, value: string): string => {
    const hidden = value.replace(/%[0-9A-Fa-f]{2}|[A-Za-z0-9]/g, (one) => (one.length > 1 ? one : 'X'));
    if (hidden !== value) masked += 1;
    return `${name}${hidden}`;
  };
  const hideKey = (all: string, name: string, value: string): string =>
    random.test(value) ? hide(all, name, value) : all;
  const plain = url.replace(secrets, hide);
  const [front = ''] = host.exec(plain) ?? [];
  const text = signsIn ? front + plain.slice(front.length).replace(long, hideKey) : plain;
  return { text: named ? text.replace(digitsAlone, hide) : text, masked };
}
