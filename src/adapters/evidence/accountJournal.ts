import { isProven } from '../../core/evidence/seal.ts';
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

/** Why it is not written when it is only read. */
const viewOnly = 'It is read only.';
/** Windows write one after the other; nobody holds the journal longer than one entry takes. */
const patience = 5000;

/**
 * The record of what is done to an account while no incident is open. Windows share it, so it is opened for each entry and closed
 * again. After one failed write every later append fails. It lies in the extension's own storage: where the key that it was sealed with is lost, it is
 * continued all the same, and what it says from before stays unproven.
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
    const journal = await openJournal({ folder, id: `account-${account}`, anchors, clock, patience, fs, adopt: true });
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
    const journal = await openJournal({ folder, id: `account-${account}`, anchors, clock, viewOnly, fs });
    await journal.close();
    return journal;
  }
  return {
    records: async () => (await last.then(read)).records,
    async provenRecords() {
      const { records, readOnly } = await last.then(read);
      // Of a journal that was cut or damaged nobody knows what is missing.
      return readOnly === viewOnly ? records.filter(isProven) : [];
    },
    append(entry) {
      const result = last.then(() => write(entry));
      last = result.catch(() => undefined);
      return result;
    },
  };
}
