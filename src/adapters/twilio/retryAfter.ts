/** No server may make us wait longer; it also keeps the wait far from the 2^31 ms at which timers fire at once. */
const longest = 60_000;

/**
 * Milliseconds that a `Retry-After` header asks for (RFC 9110 §10.2.3: seconds, or an HTTP date), within 0 and 60 s.
 * `undefined` when it is absent or means nothing. `now` is the server's own clock where known, epoch milliseconds.
 */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, longest);
  if (!/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)) return undefined;
  const wait = Date.parse(text) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), longest);
}
