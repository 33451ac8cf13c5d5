/** Schemes that do something, or that Markdown and mail programs link. Also at the end, where the rest may follow in the next value. */
const schemes =
  /(?<![a-z0-9])(https?|ftps?|file|data|javascript|vbscript|command|vscode(?:-insiders)?|mailto|xmpp|view-source|ms-[a-z]+):/gi;

/**
 * The text with every URL, host name, mail address and UNC path broken the way incident reports do it:
 * `hxxps[://]evil[.]example`, `a[@]b[.]example`, `javascript[:]x`, `[\\]host\share`. Idempotent, linear in the length.
 * A bare IPv4 address stays readable: it is evidence, and no viewer links it. Brackets may be full-width, as in toasts.
 */
export function defang(text: string): string {
  return text
    .replace(/http(s?):\/\//gi, 'hxxp$1[://]')
    .replace(/ftp(s?):\/\//gi, 'fxp$1[://]')
    .replace(/(?<![[［]):\/\//g, '[://]')
    .replace(schemes, '$1[:]')
    .replace(/(www)\./gi, '$1[.]')
    .replace(/(?<=[^\s.[［])[.．](?=\p{L}[\p{L}\p{M}\p{N}-])/gu, '[.]')
    .replace(/(?<=[a-z0-9-])[。｡](?=[a-z]{2})/gi, '[.]')
    .replace(/(?<=[^\s[［])@(?=[^\s\]］…])/g, '[@]')
    .replace(/(?<=^|[\s"'(<])\\\\(?=[^\s\\…])/g, '[\\\\]');
}
