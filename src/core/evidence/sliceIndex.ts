import type { AccountSid } from '../model/sid.ts';
import type { HeldSlice } from './collect/missing.ts';
import type { HeldCapture } from './heldCaptures.ts';
import type { SourceId } from './source.ts';

type Held = Pick<HeldCapture, 'capture' | 'at'>;

/** Slices that are held, by what they are of. */
export interface SliceIndex {
  add(held: Held): void;
  /** In the order they were added. The same list each time. */
  of(source: SourceId, account: AccountSid): readonly HeldSlice[];
  /** Whose slices of a source there are, in the order they came. */
  accounts(source: SourceId): readonly AccountSid[];
}

const none: readonly HeldSlice[] = [];

export function createSliceIndex(all: readonly Held[] = []): SliceIndex {
  const sources = new Map<SourceId, Map<AccountSid, HeldSlice[]>>();
  const index: SliceIndex = {
    add({ capture: { source, slices }, at }) {
      const own = sources.get(source) ?? new Map<AccountSid, HeldSlice[]>();
      sources.set(source, own);
      for (const slice of slices) {
        const list = own.get(slice.account);
        if (list) list.push({ slice, at });
        else own.set(slice.account, [{ slice, at }]);
      }
    },
    of: (source, account) => sources.get(source)?.get(account) ?? none,
    accounts: (source) => [...(sources.get(source)?.keys() ?? [])],
  };
  for (const held of all) index.add(held);
  return index;
}
