import { Cancelled, UserError } from '../errors.ts';
import { type Pages, readMore, unread } from '../pages.ts';
import type { Cancellation, Log, Twilio } from '../ports.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import { logUnexpected } from './logUnexpected.ts';
import type { Branch, NodeKind, Scope } from './nodeKind.ts';

/** What is known of one collection at one moment. A new value replaces it; nothing is changed in place. */
export interface Collection {
  readonly kind: NodeKind;
  readonly scope: Scope;
  readonly lists: readonly Pages<unknown>[];
  readonly context: readonly Pages<unknown>[];
  /** What was looked at for rows that were read, by request. */
  readonly looks?: ReadonlyMap<string, Pages<unknown>>;
  /** How often more of it was read. */
  readonly reads: number;
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
    reads: 0,
  };
}

/**
 * Reads the next page of every list, and what was not read yet of the context. An expected failure becomes part of the value,
 * next to the rows that are there; an unexpected one too, when there is a log to put its details into. Throws `Cancelled`.
 */
export async function loadMore(
  from: Collection,
  twilio: Twilio,
  cancel?: Cancellation,
  log?: Log,
): Promise<Collection> {
  const more = (pages: Pages<unknown>) => readMore(pages, twilio, reader(from.kind, pages.next), cancel);
  const [lists, context] = await Promise.all([
    advance(from.lists, more),
    advance(from.context, async (pages) => (isUnread(pages) ? more(pages) : pages)),
  ]);
  const reasons = [...lists.reasons, ...context.reasons];
  if (reasons.some((reason) => reason instanceof Cancelled)) throw new Cancelled();
  const failure = sentence(lists.reasons, log);
  const contextFailure = sentence(context.reasons, log);
  return {
    kind: from.kind,
    scope: from.scope,
    lists: lists.pages,
    context: context.pages,
    ...(from.looks && { looks: from.looks }),
    reads: from.reads + 1,
    ...(failure && { failure }),
    ...(contextFailure && { contextFailure }),
  };
}

/**
 * Looks at what the kind wants to know of the rows that were read and was not looked at before; gives the same value back when there is
 * nothing. What cannot be read is left out. Throws `Cancelled`.
 */
export async function look(
  from: Collection,
  twilio: Twilio,
  cancel: Cancellation | undefined,
  log: Log,
): Promise<Collection> {
  const { kind, scope, lists, looks } = from;
  const rows = lists.flatMap((pages) => pages.rows);
  const wanted = (kind.looks?.(rows, scope) ?? []).filter((request) => !looks?.has(keyOf(request)));
  if (wanted.length === 0) return from;
  const more = await Promise.all(
    wanted.map(async (request): Promise<[string, Pages<unknown>]> => {
      try {
        return [keyOf(request), await readMore(unread(request), twilio, reader(kind, request), cancel)];
      } catch (reason) {
        if (reason instanceof Cancelled) throw reason;
        if (!(reason instanceof UserError)) logUnexpected(log, reason);
        return [keyOf(request), nothingRead];
      }
    }),
  );
  return { ...from, looks: new Map([...(looks ?? []), ...more]) };
}

function keyOf(request: TwilioRequest): string {
  return JSON.stringify(request);
}

const nothingRead: Pages<unknown> = { rows: [], unreadable: 0, sids: new Set() };

/** True when at least one list has a further page. */
export function hasMore(collection: Collection): boolean {
  return collection.lists.some(({ next }) => next !== undefined);
}

/** True when at least one row was read, whether it is shown or not. */
export function hasRows(collection: Collection): boolean {
  return collection.lists.some(({ rows }) => rows.length > 0);
}

/** The rows read so far as branches, with ages as of `now` (epoch ms), and what has to be said about them. */
export function present(
  collection: Collection,
  now = collection.scope.now,
  ownKeys = collection.scope.ownKeys,
): { readonly branches: readonly Branch[]; readonly notes: readonly string[] } {
  const { lists, context, looks } = collection;
  const rows = [...lists, ...context, ...(looks?.values() ?? [])].flatMap((pages) => pages.rows);
  const unreadable = collection.lists.reduce((sum, pages) => sum + pages.unreadable, 0);
  const moreContext = collection.context.some(({ next }) => next) && !collection.contextFailure;
  const notes = [
    ...(unreadable > 0 ? [`${unreadable} rows from Twilio could not be understood and are not shown.`] : []),
    ...(collection.contextFailure ? [`Who changed what is unknown here: ${collection.contextFailure}`] : []),
    ...(moreContext ? ['The audit log is longer than was read: who made older rows may be missing.'] : []),
  ];
  return { branches: collection.kind.branches(rows, { ...collection.scope, now, ...(ownKeys && { ownKeys }) }), notes };
}

function isUnread({ rows, next, unreadable }: Pages<unknown>): boolean {
  return rows.length === 0 && unreadable === 0 && next !== undefined && next.continueAt === undefined;
}

/** What could not be read stays as it was. */
async function advance(all: readonly Pages<unknown>[], read: (pages: Pages<unknown>) => Promise<Pages<unknown>>) {
  const reasons: unknown[] = [];
  const pages = await Promise.all(
    all.map((before) =>
      read(before).catch((reason: unknown) => {
        reasons.push(reason);
        return before;
      }),
    ),
  );
  return { pages, reasons };
}

function reader(kind: NodeKind, request: TwilioRequest | undefined) {
  return (item: Parameters<NodeKind['read']>[0]) => (request ? kind.read(item, request.operation) : undefined);
}

function sentence(reasons: readonly unknown[], log: Log | undefined): string | undefined {
  if (reasons.length === 0) return undefined;
  for (const reason of reasons.filter((one) => !(one instanceof UserError))) {
    if (!log) throw reason;
    logUnexpected(log, reason);
  }
  const expected = reasons.find((reason) => reason instanceof UserError);
  return expected?.message ?? 'Something unexpected went wrong; the log has details. Refresh to try again.';
}
