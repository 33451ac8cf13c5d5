import { createCancellation } from '../cancellation.ts';
import { Cancelled } from '../errors.ts';
import type { Clock, Log, Twilio } from '../ports.ts';
import { type Collection, hasMore, loadMore, look, unreadCollection } from './collection.ts';
import { logUnexpected } from './logUnexpected.ts';
import type { NodeKind, Scope } from './nodeKind.ts';
import { collectionKey } from './treeNode.ts';

/** A list read again after a refresh gets as many pages as it had, up to this many. */
const mostPagesAgain = 5;

/** What was read of every collection of a tree, by `collectionKey`, and the reads under way. */
export interface CollectionStore {
  /** What was read last, also while it waits to be read again: the filter goes on showing the way to it. */
  readonly known: ReadonlyMap<string, Collection>;
  /** What was read since the last refresh. */
  fresh(key: string): Collection | undefined;
  /** Reads one page more. Two calls at the same time share one read; a refresh meanwhile makes the result void. Throws `Cancelled`. */
  read(scope: Scope, kind: NodeKind): Promise<Collection>;
  /** Looks at what there is to know beside the rows of a collection that are shown; `onLooked` tells when there is more. Never throws. */
  look(key: string): void;
  /** Marks collections to be read again when they are asked for. */
  refresh(isMeant: (key: string) => boolean): void;
  /** Stops every read under way; what was read stays. */
  stop(): void;
}

/** `onLooked`: more is known of the rows of a collection that were read before. */
export function createCollectionStore(
  twilio: Twilio,
  clock: Clock,
  log: Log,
  onLooked: (key: string) => void = () => undefined,
): CollectionStore {
  const known = new Map<string, Collection>();
  const stale = new Set<string>();
  const looking = new WeakSet<Collection>();
  const running = new Map<string, Promise<Collection>>();
  let cancellation = createCancellation();

  const fresh = (key: string) => (stale.has(key) ? undefined : known.get(key));

  async function advance(key: string, scope: Scope, kind: NodeKind): Promise<Collection> {
    const { signal } = cancellation;
    const wanted = stale.has(key) ? Math.min(known.get(key)?.reads ?? 1, mostPagesAgain) : 1;
    let collection = fresh(key) ?? unreadCollection(kind, { ...scope, now: clock.now() });
    for (let read = 0; read < wanted && (read === 0 || (hasMore(collection) && !collection.failure)); read += 1)
      collection = await loadMore(collection, twilio, signal, log);
    return collection;
  }

  /** Rows are shown before more is looked at for them; a refresh or another read meanwhile makes it void. */
  async function follow(key: string, collection: Collection): Promise<void> {
    looking.add(collection);
    try {
      const looked = await look(collection, twilio, cancellation.signal, log);
      if (looked === collection || known.get(key) !== collection || stale.has(key)) return;
      known.set(key, looked);
      onLooked(key);
    } catch (reason) {
      if (!(reason instanceof Cancelled)) logUnexpected(log, reason);
    }
  }

  return {
    known,
    fresh,
    read(scope, kind) {
      const key = collectionKey(scope, kind);
      const current = running.get(key);
      if (current !== undefined) return current;
      const reading = advance(key, scope, kind).then((after) => {
        if (running.get(key) === reading) {
          known.set(key, after);
          stale.delete(key);
        }
        return after;
      });
      running.set(key, reading);
      const forget = () => {
        if (running.get(key) === reading) running.delete(key);
      };
      reading.then(forget, forget);
      return reading;
    },
    look(key) {
      const collection = fresh(key);
      if (collection?.kind.looks && !looking.has(collection)) void follow(key, collection);
    },
    refresh(isMeant) {
      for (const key of known.keys()) if (isMeant(key)) stale.add(key);
      for (const key of [...running.keys()].filter(isMeant)) running.delete(key);
    },
    stop() {
      cancellation.abort();
      cancellation = createCancellation();
    },
  };
}
