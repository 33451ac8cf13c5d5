declare const sidBrand: unique symbol;

/** A Twilio SID: two letters for the resource, 32 hexadecimal digits. https://www.twilio.com/docs/glossary/what-is-a-sid */
export type Sid<Prefix extends string = string> = string & { readonly [sidBrand]: Prefix };
export type AccountSid = Sid<'AC'>;

const shape = /^[A-Z]{2}[0-9a-fA-F]{32}$/;

/** True when the text is a whole SID with this prefix. */
export function isSid<Prefix extends string>(prefix: Prefix, text: string): text is Sid<Prefix> {
  return shape.test(text) && text.startsWith(prefix);
}

/** The text as an account SID, `undefined` when it is not one. */
export function accountSid(text: string | undefined): AccountSid | undefined {
  return text !== undefined && isSid('AC', text) ? text : undefined;
}

/** `AC…12ab`: enough to tell accounts apart on screen. */
export function shortSid(sid: string): string {
  return sid.length <= 8 ? sid : `${sid.slice(0, 2)}…${sid.slice(-4)}`;
}
