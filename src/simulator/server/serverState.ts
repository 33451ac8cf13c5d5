import { createHash } from 'node:crypto';
import type { AccountSid } from '../../core/model/sid.ts';
import type { World } from '../world.ts';
import type { Window } from './dates.ts';

export interface ExportJob {
  readonly sid: string;
  readonly account: AccountSid;
  readonly resourceType: string;
  readonly friendlyName: string;
  readonly startDay: string;
  readonly endDay: string;
  readonly email: string | null;
  readonly webhookUrl: string | null;
  readonly webhookMethod: string | null;
  readonly created: number;
}

/** A link to a file, good once and for four minutes. Its holder needs nothing else. */
export interface ExportLink {
  readonly account: AccountSid;
  /** One JSON object a line. */
  readonly lines: readonly string[];
  readonly made: number;
}

/** What the server remembers next to the world it serves. */
export interface ServerState {
  readonly world: World;
  readonly jobs: Map<string, ExportJob>;
  /** Files of exported days that may be fetched, by path. */
  readonly links: Map<string, ExportLink>;
  /** Bytes of the files of exported days. */
  readonly exportSizes: Map<string, number>;
  /** When each account was not active: it sent and received nothing then. */
  readonly pauses: Map<AccountSid, Window[]>;
  /** A new SID; the same order of requests to the same world gives the same ones. */
  sid(prefix: string): string;
  /** A new Auth Token. */
  token(): string;
}

/** State for a world as it stands; accounts that are not active have been so since they were last updated. */
export function createServerState(world: World): ServerState {
  let made = 0;
  const next = (kind: string) => {
    made += 1;
    return digest(`${world.seed} ${kind} ${made}`);
  };
  const pauses = new Map<AccountSid, Window[]>();
  for (const account of world.accounts.values())
    pauses.set(
      account.sid,
      account.status === 'active' ? [] : [{ from: account.updated, to: Number.POSITIVE_INFINITY }],
    );
  return {
    world,
    jobs: new Map(),
    links: new Map(),
    exportSizes: new Map(),
    pauses,
    sid: (prefix) => `${prefix}${next(prefix)}`,
    token: () => next('token'),
  };
}

/** 32 hexadecimal digits that depend on the text alone. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
