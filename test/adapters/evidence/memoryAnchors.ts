import type { Head } from '../../../src/core/evidence/record.ts';
import type { SealKey } from '../../../src/core/evidence/seal.ts';
import type { Anchors } from '../../../src/core/ports.ts';

/** The key of the computer that tests run on, also of processes they start; and that of another one. */
export const thisComputer: SealKey = { id: '0123456789abcdef', secret: 'a1'.repeat(32) };
export const anotherComputer: SealKey = { id: 'fedcba9876543210', secret: 'b2'.repeat(32) };

/** Anchors in memory, with the key of a computer. */
export function memoryAnchors(
  kept = new Map<string, Head>(),
  key = thisComputer,
): Anchors & { readonly kept: Map<string, Head> } {
  return {
    kept,
    key: async () => key,
    keyOf: async (id) => (id === key.id ? key : undefined),
    read: async (id) => kept.get(id),
    async write(id, head) {
      kept.set(id, head);
    },
  };
}
