import * as vscode from 'vscode';
import { checkSafeList, mostNumbers, safeListText, safeNumbersIn } from '../core/contain/safeListCheck.ts';
import { UserError } from '../core/errors.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import { shortSid } from '../core/model/sid.ts';
import type { Clock } from '../core/ports.ts';
import { handRecord } from '../core/timeline/marks.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { pickAccount } from './pickTargets.ts';
import { say } from './say.ts';
import type { OpenConnection, Session } from './session.ts';
import { withProgress } from './withProgress.ts';

export interface CheckSafeListParts {
  readonly session: Session;
  readonly incidents: ActiveIncident;
  readonly clock: Clock;
  /** Shows what was recorded. */
  readonly refresh: () => void;
}

const reading = 'The safe list is being asked about numbers. Switch when that has ended.';

/** Tells of numbers whether they are on the Global Safe List, which cannot be listed. Changes nothing; an open incident is told the answer. */
export async function askSafeList({ session, incidents, clock, refresh }: CheckSafeListParts): Promise<void> {
  const open = session.current;
  if (!open) throw new UserError('bad-input', 'No account is open. Sign in, or open the demo incident.');
  const title = 'Check Safe List';
  const within = await pickAccount(title, open, clock);
  if (!within) return;
  const text = await vscode.window.showInputBox({
    title,
    prompt: `Up to ${mostNumbers} numbers as +14155550100, or a thousand of them as +1415555xxx, with spaces or commas between`,
    ignoreFocusOut: true,
    validateInput: whyNot,
  });
  if (text === undefined || whyNot(text) !== undefined) return;
  const { account } = within.scope;
  const { numbers } = safeNumbersIn(text);
  // Held, so that what is told of one account cannot end up in the journal of another's incident.
  const hold = <T>(work: () => Promise<T>) => incidents.hold(() => session.hold(work, reading), reading);
  const told = await hold(async () => {
    const answer = await withProgress('Asking about the safe list…', (cancel) =>
      checkSafeList(numbers, account, open.twilio, cancel),
    );
    const said = safeListText(answer);
    const incident = incidents.current;
    if (incident && incident.journal.readOnly === undefined && isAbout(incident, open))
      await incident.journal.append(handRecord('note', `Safe list of ${account}: ${said}`, clock.now()));
    return said;
  });
  refresh();
  void say.info(phrase('toast')`${shortSid(account)}: ${told}`);
}

/** An incident started without an account is about any; one about others is not told. */
function isAbout({ incident }: OpenIncident, { connection }: OpenConnection): boolean {
  const accounts = incident?.accounts ?? [];
  return accounts.length === 0 || accounts.some(({ sid }) => sid === connection.account);
}

function whyNot(typed: string): string | undefined {
  const { numbers, wrong } = safeNumbersIn(typed);
  const [first] = wrong;
  if (first !== undefined) return `Write ${untrusted(first).for('label')} as +14155550100 or +1415555xxx`;
  if (numbers.length === 0) return 'Write a number as +14155550100 or +1415555xxx';
  return numbers.length > mostNumbers ? `At most ${mostNumbers} numbers at once` : undefined;
}
