/** How much time and memory one exchange may take. Milliseconds and bytes. */
export interface Limits {
  /** Longest silence on the connection. */
  readonly idle: number;
  /** Longest whole exchange, from opening the socket to the last byte. */
  readonly total: number;
  /** Longest download of an exported file. */
  readonly download: number;
  /** Largest body as sent, usually compressed. */
  readonly wire: number;
  /** Largest body after decompression. */
  readonly body: number;
}

/** A page of 1,000 messages is about 1 MB of JSON: these leave room for the largest real page, not for a bomb. */
export const standardLimits: Limits = {
  idle: 30_000,
  total: 120_000,
  download: 30 * 60_000,
  wire: 16 * 2 ** 20,
  body: 64 * 2 ** 20,
};

/** Connections over all accounts together: a thousand subaccounts must not mean a thousand sockets. */
export const mostConnections = 48;

/** What one account is begun with and let have: most accounts allow many more than a few, and who is refused goes on with fewer. */
export const ofAccount = { start: 24, cap: mostConnections, eager: true };
