import type { Branch, NodeKind, Scope } from '../../../src/core/accounts/nodeKind.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import type { OperationId } from '../../../src/core/twilio/operations.ts';
import { sid } from '../fakeTwilio.ts';

export const now = Date.parse('2026-11-21T12:00:00Z');
export const main = sid('AC', 0) as AccountSid;
export const scope: Scope = { account: main, main, now };

/** The branches a kind makes of these items, by the operation that brought them. */
export function branchesOf(
  kind: NodeKind,
  ...sources: readonly (readonly [OperationId, readonly JsonObject[]])[]
): readonly Branch[] {
  return branchesBeside(undefined, kind, ...sources);
}

/** The same where these API keys were made with this extension. */
export function branchesBeside(
  ownKeys: ReadonlySet<string> | undefined,
  kind: NodeKind,
  ...sources: readonly (readonly [OperationId, readonly JsonObject[]])[]
): readonly Branch[] {
  const rows = sources.flatMap(([operation, items]) => items.map((item) => kind.read(item, operation)));
  return kind.branches(
    rows.filter((row) => row !== undefined),
    ownKeys ? { ...scope, ownKeys } : scope,
  );
}
