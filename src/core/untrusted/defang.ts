/** Schemes that do something, or that Markdown and mail programs link. Also at the end, where the rest may follow in the next value. */
const schemes =
  /(?<![a-z0-9])(https?|ftps?|file|data|javascript|vbscript|command|vscode(?:-insiders)?|mailto|xmpp|view-source|ms-[a-z]+):/gi;

/**
 * Dots before a letter. Two kinds stay, since a name that ends so is no host: no top-level domain is called that
 * (https://data.iana.org/TLD/tlds-alpha-by-domain.txt). That of an event type of Twilio's Monitor, such as `account-api-keys.created`, which a person searches
 * for as it is; and those of the endings of a log's file, such as `messages.json.gz`, which a person looks for on a disk.
 */
const hostDots =
  /(?<=[^\s.[［])(?!(?<=[a-z])\.(?:created|updated|deleted|promoted|accessed|downloaded|secondary-(?:created|deleted))(?![^\s"',;)\]}]))(?!\.(?:(?:csv|tsv|txt|jsonl?|ndjson)(?:\.gz)?|gz)(?:$|[\s"',;)\]}’”»]|[:.](?:\s|$)))[.．](?=\p{L}[\p{L}\p{M}\p{N}-])/gu;

/**
 * The text with every URL, host name, mail address and UNC path broken the way incident reports do it:
 * `hxxps[://]evil[.]example`, `a[@]b[.]example`, `javascript[:]x`, `[\\]host\share`. Idempotent, linear in the length.
 * A bare IPv4 address stays readable: it is evidence, and no viewer links it; so do Twilio's event types and endings of files of logs. Brackets may be full-width, as in toasts.
 */
export function defang(text: string): string {
  return text
    .replace(/http(s?):\/\//gi, 'hxxp$1[://]')
    .replace(/ftp(s?):\/\//gi, 'fxp$1[://]')
    .replace(/(?<![[［]):\/\//g, '[://]')
    .replace(schemes, '$1[:]')
    .replace(/(www)\./gi, '$1[.]')
    .replace(hostDots, '[.]')
    .replace(/(?<=[a-z0-9-])[。｡](?=[a-z]{2})/gi, '[.]')
    .replace(/(?<=[^\s[［])@(?=[^\s\]］…])/g, '[@]')
    .replace(/(?<=^|[\s"'(<])\\\\(?=[^\s\\…])/g, '[\\\\]');
}
