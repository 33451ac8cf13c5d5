import { Cancelled, UserError } from '../errors.ts';
import { type Pages, readMore, unread } from '../pages.ts';
import type { Cancellation, Twilio } from '../ports.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import type { Branch, NodeKind, Scope } from './nodeKind.ts';

/** What is known of one collection at one moment. A new value replaces it; nothing is changed in place. */
export interface Collection {
  readonly kind: NodeKind;
  readonly scope: Scope;
  readonly lists: readonly Pages<unknown>[];
  readonly context: readonly Pages<unknown>[];
  /** Why the last read failed, as a sentence. Rows read before stay. */
  readonly failure?: string;
  /** Why facts from the context are missing, as a sentence. */
  readonly contextFailure?: string;
}

/** A collection of which nothing was read. */
export function unreadCollection(kind: NodeKind, scope: Scope): Collection {
  return {
    kind,
    scope,
    lists: kind.lists(scope).map((request) => unread(request)),
    context: (kind.context?.(scope) ?? []).map((request) => unread(request)),
  };
}

/**
 * Reads the next page of every list, and the context when it was not read yet. Never throws, except `Cancelled`: a
 * failure becomes part of the value, next to the rows that are there.
 */
export async function loadMore(from: Collection, twilio: Twilio, cancel?: Cancellation): Promise<Collection> {
  const [lists, context] = await Promise.all([
    advance(from.lists, from.kind, twilio, cancel),
    advance(from.context.filter(isUnread), from.kind, twilio, cancel),
  ]);
  const { failure: _, contextFailure: __, ...rest } = from;
  return {
    ...rest,
    lists: lists.pages,
    context: from.context.some(isUnread) ? context.pages : from.context,
    ...(lists.failure && { failure: lists.failure }),
    ...(context.failure && { contextFailure: context.failure }),
  };
}

/** True when at least one list has a further page. */
export function hasMore(collection: Collection): boolean {
  return collection.lists.some(({ next }) => next !== undefined);
}

/** The rows read so far as branches, and what has to be said about them. */
export function present(collection: Collection): {
  readonly branches: readonly Branch[];
  readonly notes: readonly string[];
} {
  const rows = [...collection.lists, ...collection.context].flatMap((pages) => pages.rows);
  const unreadable = collection.lists.reduce((sum, pages) => sum + pages.unreadable, 0);
  const moreContext = collection.context.some(({ next }) => next) && !collection.contextFailure;
  const notes = [
    ...(unreadable > 0 ? [`${unreadable} rows from Twilio could not be understood and are not shown.`] : []),
    ...(collection.contextFailure ? [`Who changed what is unknown here: ${collection.contextFailure}`] : []),
    ...(moreContext ? ['The audit log is longer than was read: who made older rows may be missing.'] : []),
  ];
  return { branches: collection.kind.branches(rows, collection.scope), notes };
}

function isUnread({ rows, next, unreadable }: Pages<unknown>): boolean {
  return rows.length === 0 && unreadable === 0 && next !== undefined && next.continueAt === undefined;
}

async function advance(all: readonly Pages<unknown>[], kind: NodeKind, twilio: Twilio, cancel?: Cancellation) {
  const results = await Promise.allSettled(
    all.map((pages) => readMore(pages, twilio, reader(kind, pages.next), cancel)),
  );
  const pages = results
    .map((result, index) => (result.status === 'fulfilled' ? result.value : all[index]))
    .filter((one) => one !== undefined);
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  if (reasons.some((reason) => reason instanceof Cancelled)) throw new Cancelled();
  return { pages, failure: reasons.length > 0 ? sentence(reasons[0]) : undefined };
}

function reader(kind: NodeKind, request: TwilioRequest | undefined) {
  return (item: Parameters<NodeKind['read']>[0]) => (request ? kind.read(item, request.operation) : undefined);
}

function sentence(reason: unknown): string {
  return reason instanceof UserError
    ? reason.message
    : 'Something unexpected went wrong; the log has details. Refresh to try again.';
}
