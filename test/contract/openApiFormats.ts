/**
 * What the formats named in Twilio's documents stand for. Replies are held to what Twilio writes; requests to what it
 * documents as accepted.
 */
const shared = {
  int32: true,
  int64: true,
  currency: /^[A-Za-z]{3}$/,
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time-rfc-2822': /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/,
  'http-method': /^(GET|POST)$/,
  'iso-country-code': /^[A-Z]{2}$/,
  'relative-uri': /^\/2010-04-01\/[!-~]+$/,
  // Names for shapes the schema spells out itself.
  'uri-map': true,
  'inbound-call-price': true,
  'inbound-sms-price': true,
  'outbound-prefix-price-with-origin': true,
  'outbound-sms-price': true,
  'phone-number-capabilities': true,
  twiml: true,
  // Twilio writes an empty string where no webhook is set.
  uri: /^(https?:\/\/[^\s/]+(\/\S*)?)?$/,
} as const;

/** E.164, a range with a trailing wildcard, an alphanumeric sender, or a channel address. */
const party = /^(\+?\d{3,16}\*?|[A-Za-z0-9 ]{1,11}|[a-z]+:\S+)$/;

export const replyFormats = {
  ...shared,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  'phone-number': party,
};

export const requestFormats = {
  ...shared,
  date: /^(\d{4}-\d\d-\d\d|-\d+days)$/,
  'date-time': /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?$/,
  'phone-number': party,
};
