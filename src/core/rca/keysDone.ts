import { cited, data, type Line, text } from './document.ts';
import type { ContainmentStep, NamedAccount, RcaFacts } from './facts.ts';
import { count } from './formats.ts';

/** How many of an account's API keys are deleted; `known` is false when nothing tells how many it has. */
export interface KeysDone {
  readonly account: NamedAccount;
  readonly known: boolean;
  readonly keys: number;
  readonly deleted: number;
  /** What tells so: the deletions, then where keys that are left were read. */
  readonly citations: readonly string[];
}

const changed = /^account-(?:api-)?keys\.(created|deleted)$/;

/**
 * Counts keys by what the evidence lists and the audit log tells of since. Twilio asks to delete all that an account had (Fraud & Abuse
 * Response Guide, "Contain"); those that were made here to replace them are no part of it. `steps`: deletions that hold.
 */
export function keysDone(
  { keys: listed, logs }: Pick<RcaFacts, 'keys' | 'logs'>,
  steps: readonly ContainmentStep[],
  account: NamedAccount,
): KeysDone {
  const isOwn = (one: { readonly account?: string }): boolean => one.account === account.sid;
  const read = listed?.read.get(account.sid);
  const state = new Map<string, { deleted: boolean; citations: readonly string[] }>();
  for (const { sid, gone, citation } of (listed?.keys ?? []).filter(isOwn))
    state.set(sid, { deleted: gone, citations: citation === undefined ? [] : [citation] });
  for (const { type, resource, at, citations } of (logs?.events ?? []).filter(isOwn)) {
    const what = changed.exec(type)?.[1];
    if (what === undefined || !resource.startsWith('SK')) continue;
    if (what === 'deleted') state.set(resource, { deleted: true, citations });
    // One that a later reading of all keys does not have was deleted, whoever did it.
    else if (!state.has(resource)) state.set(resource, { deleted: read !== undefined && at < read.at, citations });
  }
  // A journal of an older version does not tell the account.
  for (const { sid = '', account: of, citations = [] } of steps)
    if (of === account.sid || (of === undefined && state.has(sid))) state.set(sid, { deleted: true, citations });
  const counted = [...state].filter(([sid]) => !listed?.replacements.has(sid)).map(([, one]) => one);
  return {
    account,
    known: read !== undefined,
    keys: counted.length,
    deleted: counted.filter(({ deleted }) => deleted).length,
    citations:
      counted.length === 0
        ? (read?.citations ?? [])
        : counted.toSorted((one, other) => Number(other.deleted) - Number(one.deleted)).flatMap((one) => one.citations),
  };
}

/** `2 of 3 deleted in Acme (J22, E7:3)`; how many there were is told only where it is known. */
export function keysLine({ account, known, keys, deleted, citations }: KeysDone): Line {
  const told =
    keys === 0 ? 'none there' : known ? `${count(deleted)} of ${count(keys)} deleted` : `${count(deleted)} deleted`;
  return [text(`${told} in `), data(account.name || account.sid), ...cited(citations)];
}
