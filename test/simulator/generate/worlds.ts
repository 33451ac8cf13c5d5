import type { GeneratedWorld } from '../../../src/simulator/generate/buildWorld.ts';
import { generateWorld, type WorldOptions } from '../../../src/simulator/generate/generateWorld.ts';
import type { SimAccount } from '../../../src/simulator/world.ts';

export const now = Date.parse('2026-11-21T14:23:05Z');
export const hour = 3_600_000;
export const day = 24 * hour;

/** A world at a fixed present. */
export function worldAt(options: Partial<WorldOptions> = {}): GeneratedWorld {
  return generateWorld({ seed: 11, now: () => now, messagesPerDay: 1500, ...options });
}

/** The account at a position: 0 is the main account. */
export function accountAt(world: GeneratedWorld, position: number): SimAccount {
  const account = [...world.accounts.values()][position];
  if (account === undefined) throw new Error(`no account ${position}`);
  return account;
}
