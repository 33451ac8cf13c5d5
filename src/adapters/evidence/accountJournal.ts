import type { AccountJournal, Anchors, Clock, JournalEntry } from '../../core/ports.ts';
import { openJournal } from './journal.ts';
import { type JournalFs, journalFs } from './journalFs.ts';

export interface AccountJournalOptions {
  /** Made when the first entry comes. */
  readonly folder: string;
  readonly account: string;
  readonly anchors: Anchors;
  readonly clock: Clock;
  readonly fs?: JournalFs;
}

/** Windows write one after the other; nobody holds the journal longer than one entry takes. */
const patience = 5000;

/**
 * The record of what is done to an account while no incident is open. Windows share it, so it is opened for each entry and closed
 * again. After one failed write every later append fails.
 */
export function createAccountJournal({
  folder,
  account,
  anchors,
  clock,
  fs = journalFs,
}: AccountJournalOptions): AccountJournal {
  let last: Promise<unknown> = Promise.resolve();
  let broken: unknown;
  async function write(entry: JournalEntry): Promise<void> {
    if (broken !== undefined) throw broken;
    await fs.makeFolder(folder).catch(() => undefined); // What is wrong with the folder is said on opening.
    const journal = await openJournal({ folder, id: `account-${account}`, anchors, clock, patience, fs });
    try {
      await journal.append(entry);
    } catch (reason) {
      // One that is read-only now, such as while another window writes, can be tried again.
      if (journal.readOnly === undefined) broken = reason;
      throw reason;
    } finally {
      await journal.close();
    }
  }
  async function read() {
    const viewOnly = 'It is read only.';
    const journal = await openJournal({ folder, id: `account-${account}`, anchors, clock, viewOnly, fs });
    await journal.close();
    return journal;
  }
  return {
    records: async () => (await last.then(read)).records,
    async provenRecords() {
      const { proven, records } = await last.then(read);
      return proven ? records : [];
    },
    append(entry) {
      const result = last.then(() => write(entry));
      last = result.catch(() => undefined);
      return result;
    },
  };
}
