/**
 * The host a webhook URL leads to, lower case and without port; `undefined` when there is none. Written out because core has
 * no `URL`. As in https://url.spec.whatwg.org/#host-state the host comes after the last `@`, so that `https://good@evil/` is
 * `evil`, and a backslash ends it like a slash.
 */
export function hostOf(url: string | undefined): string | undefined {
  const authority = /^\s*https?:\/\/([^/?#\\]*)/i.exec(url ?? '')?.[1] ?? '';
  const host = /^(?:\[[^\]]*\]|[^:]*)/.exec(authority.slice(authority.lastIndexOf('@') + 1))?.[0] ?? '';
  return host.replace(/\.$/, '').toLowerCase() || undefined;
}
