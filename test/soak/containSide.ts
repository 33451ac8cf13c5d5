import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createAccountJournal } from '../../src/adapters/evidence/accountJournal.ts';
import { createTwilio } from '../../src/adapters/twilio/createTwilio.ts';
import { delay } from '../../src/adapters/twilio/delay.ts';
import type { HandedOut } from '../../src/core/ports.ts';
import { memoryAnchors } from '../adapters/evidence/memoryAnchors.ts';
import { connection } from '../core/contain/leverWorld.ts';
import { mainSid } from '../simulator/smallWorld.ts';

/** Where a side works: the simulator of the moment, the folder of the one journal, and the file that stands for VS Code's secret storage. */
export interface Place {
  readonly port: number;
  readonly folder: string;
  readonly secrets: string;
}

/** Secrets by what they are of. `own` signs in; the other accounts stand by. */
export type Kept = Readonly<Record<string, string>>;

export function keptIn(file: string): Kept {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch {
    return {};
  }
}

/** Whole or not at all, as the secret storage does it. */
function keepIn(file: string, handed: HandedOut): void {
  const name = handed.kind === 'apiKey' ? handed.keySid : handed.account;
  const own = handed.kind === 'token' && handed.account === mainSid && { own: handed.secret };
  writeFileSync(`${file}.new`, JSON.stringify({ ...keptIn(file), [name]: handed.secret, ...own }));
  renameSync(`${file}.new`, file);
}

/** One side of the soak: its own connection to the simulator, signed with what is kept, and the one journal on disk. */
export function open({ port, folder, secrets }: Place) {
  const clock = { now: () => Date.now() };
  const { own = 'token-of-1', [mainSid]: standby } = keptIn(secrets);
  const twilio = createTwilio({
    connection,
    secret: own,
    mode: () => 'containment',
    route: { kind: 'simulator', port },
    clock,
    random: Math.random,
    delay,
    log: { info: () => {}, error: () => {} },
    keep: async (handed) => keepIn(secrets, handed),
    ...(standby !== undefined && { standby }),
  });
  const anchors = memoryAnchors();
  return { twilio, clock, journal: createAccountJournal({ folder, account: mainSid, anchors, clock }) };
}

/** The journal of a folder. */
export function journalFile(folder: string): string {
  return path.join(folder, 'journal.jsonl');
}
