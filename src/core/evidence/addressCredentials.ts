/** What the proof of a page says was removed when credentials in addresses were. */
export const removedCredentials = 'credentials in addresses';

/** What stands between `://` and `@`. JSON writes a slash as it is, so text and its JSON are searched alike. */
const credentials = /(?<=:\/\/)[^\s"'<>\\/@?#]{1,512}(?=@)/g;

/**
 * The text, or the JSON of a row, without user names and passwords in addresses, and how many there were: webhooks with HTTP authentication
 * carry theirs in the URL that Twilio lists. https://www.twilio.com/docs/usage/security#http-authentication
 */
export function withoutCredentials(text: string): { readonly text: string; readonly removed: number } {
  if (!text.includes('@') || !text.includes('://')) return { text, removed: 0 };
  let removed = 0;
  const clean = text.replace(credentials, () => {
    removed += 1;
    return '[removed]';
  });
  return { text: clean, removed };
}
