import { createHmac } from 'node:crypto';
import type { ChainRecord } from '../../core/evidence/record.ts';
import { keyIdsOf, markUnsealed, type SealKey } from '../../core/evidence/seal.ts';
import type { Anchors } from '../../core/ports.ts';

/** HMAC-SHA-256 under a secret given in hexadecimal. */
export function hmac(text: string, secret: string): string {
  return createHmac('sha256', Buffer.from(secret, 'hex')).update(text).digest('hex');
}

/** The records of a verified journal, marked where this computer did not seal them. Keys that cannot be read are as good as lost. */
export async function checkSeals(
  records: readonly ChainRecord[],
  anchors: Pick<Anchors, 'keyOf'>,
): Promise<readonly ChainRecord[]> {
  const keys = new Map<string, SealKey>();
  for (const id of keyIdsOf(records)) {
    const key = await anchors.keyOf(id).catch(() => undefined);
    if (key) keys.set(id, key);
  }
  return markUnsealed(records, keys, hmac);
}
