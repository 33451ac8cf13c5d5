import type { AccountSid } from '../../core/model/sid.ts';

/** What goes wrong. `acted` says whether Twilio had already done what was asked when it failed. */
export type Fault =
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'throttle'; readonly retryAfter?: string }
  | { readonly kind: 'serverError'; readonly status?: 500 | 502 | 503; readonly acted: boolean }
  /** Never answers, or resets the connection. */
  | { readonly kind: 'hang' | 'reset'; readonly acted: boolean }
  | { readonly kind: 'unauthorized' }
  /** Answers 200 with a web page, as a captive portal does, or with nothing. */
  | { readonly kind: 'html' | 'emptyBody' }
  /** Announces the whole body and closes the connection after `at` bytes. */
  | { readonly kind: 'cutBody'; readonly at: number }
  /** A gzip stream that ends after `at` bytes, in a reply that is whole otherwise. */
  | { readonly kind: 'cutGzip'; readonly at: number }
  /** Sends the body in pieces, `ms` apart. */
  | { readonly kind: 'slowBody'; readonly ms: number }
  | { readonly kind: 'wrongNextPage'; readonly to: 'anotherHost' | 'itself' }
  /** Leaves the first item of a page out, or repeats its last one. */
  | { readonly kind: 'dropItem' | 'repeatItem' }
  /** Changes one bit of an exported file. */
  | { readonly kind: 'flipBit'; readonly at: number }
  /** The link to an exported file is no longer good, or leads to another place. */
  | { readonly kind: 'expiredLink' }
  | { readonly kind: 'redirectAgain'; readonly to: string };

/** When a fault strikes. Without conditions: every request. */
export interface FaultRule {
  readonly fault: Fault;
  readonly operationId?: string;
  /** The account whose resources are asked for. */
  readonly account?: AccountSid;
  /** Matching requests let through first. */
  readonly skip?: number;
  /** Matching requests struck after that; endless by default. */
  readonly times?: number;
}

/** The switch board for tests: faults are switched on and off while the simulator runs. */
export interface Faults {
  /** Requests of one account served at a time; more are answered 429. `undefined`: no limit. */
  concurrencyLimit: number | undefined;
  /** Switches a fault on; the function given back switches it off. */
  add(rule: FaultRule): () => void;
  clear(): void;
  /** The faults that strike this request. Counts it against every rule that matches. */
  strike(operationId: string, account: AccountSid): readonly Fault[];
}

export function createFaults(rules: readonly FaultRule[] = [], concurrencyLimit?: number): Faults {
  let active = rules.map(counted);
  return {
    concurrencyLimit,
    add(rule) {
      const entry = counted(rule);
      active.push(entry);
      return () => {
        active = active.filter((one) => one !== entry);
      };
    },
    clear() {
      active = [];
    },
    strike(operationId, account) {
      const matching = active.filter(
        ({ rule }) =>
          (rule.operationId ?? operationId) === operationId && (rule.account === undefined || rule.account === account),
      );
      for (const entry of matching) entry.seen += 1;
      return matching.filter(({ rule, seen }) => struck(rule, seen)).map(({ rule }) => rule.fault);
    },
  };
}

function counted(rule: FaultRule): { readonly rule: FaultRule; seen: number } {
  return { rule, seen: 0 };
}

function struck({ skip = 0, times = Number.POSITIVE_INFINITY }: FaultRule, seen: number): boolean {
  return seen > skip && seen <= skip + times;
}
