/** The host part of a webhook URL, lower case, `undefined` when there is none. Written out because core has no `URL`. */
export function hostOf(url: string | undefined): string | undefined {
  const match = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:@]+)/i.exec(url ?? '');
  return match?.[1]?.toLowerCase();
}
