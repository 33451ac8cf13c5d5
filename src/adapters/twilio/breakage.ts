/** How an exchange failed below HTTP, or with a reply that cannot be read. */
export type Breakage =
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'reset'
  | 'certificate'
  | 'proxy'
  | 'malformed'
  | 'encoding'
  | 'redirect'
  | 'web-page'
  | 'not-json'
  | 'too-large';

const codes: Readonly<Record<string, Breakage>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  HOSTNAME_MISMATCH: 'certificate',
  EPROTO: 'certificate',
};

/** Reads a Node or OpenSSL error. Only its code and the word "proxy" are looked at; the error itself is dropped. */
export function breakageOf(error: unknown): Breakage {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const message = error instanceof Error ? error.message : '';
  if (/proxy|tunnel/i.test(`${code} ${message}`)) return 'proxy';
  if (/CERT_|^CERT|ERR_TLS|ERR_SSL/.test(code)) return 'certificate';
  if (code.startsWith('HPE_')) return 'malformed';
  return codes[code] ?? 'reset';
}

const transient: ReadonlySet<Breakage> = new Set(['dns', 'refused', 'unreachable', 'timeout', 'reset']);

/** True when trying the same read again may help. */
export function isTransient(breakage: Breakage): boolean {
  return transient.has(breakage);
}
