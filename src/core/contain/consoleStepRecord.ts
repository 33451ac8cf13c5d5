import { isProven } from '../evidence/seal.ts';
import { instantOf, type JsonObject, objectOf, textOf } from '../model/json.ts';
import type { AccountSid } from '../model/sid.ts';
import type { JournalEntry } from '../ports.ts';
import type { ConsoleStep } from './consoleStep.ts';

/** The Monitor event that says a step was done. */
export interface Confirmation {
  /** `AE…` */
  readonly sid: string;
  readonly type: string;
  readonly account: AccountSid;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What a journal tells of a step. The note is a person's, in a file that others may have written: hostile text. */
export interface ConsoleStepState {
  readonly step: ConsoleStep;
  /** `told`: a person says so. `confirmed`: a Monitor event says so, too, by a record that this computer sealed. */
  readonly state: 'open' | 'told' | 'confirmed';
  readonly note?: string;
  /** When it was recorded, epoch milliseconds. */
  readonly at?: number;
  readonly confirmation?: Pick<Confirmation, 'sid' | 'at'>;
  /** None of the records that tell of it was sealed by this computer. */
  readonly unproven?: true;
}

/** What the journal says when somebody did a step. `name` is told in the Timeline. */
export function consoleStepEntry(
  { id, title }: ConsoleStep,
  account: AccountSid,
  note: string,
  confirmation?: Confirmation,
): JournalEntry {
  return {
    type: 'console-step',
    step: id,
    name: title,
    account,
    ...(note !== '' && { note }),
    ...(confirmation && {
      event: {
        sid: confirmation.sid,
        type: confirmation.type,
        account: confirmation.account,
        at: new Date(confirmation.at).toISOString(),
      },
    }),
  };
}

/** How far each step is, by a journal; the newest note counts, and what was confirmed once stays so. */
export function consoleStepStates(
  steps: readonly ConsoleStep[],
  records: readonly JsonObject[],
): readonly ConsoleStepState[] {
  return steps.map((step) => {
    const own = records.filter((record) => record['type'] === 'console-step' && textOf(record, 'step') === step.id);
    const last = own.at(-1);
    if (!last) return { step, state: 'open' };
    const at = instantOf(last, 'at');
    const note = own.flatMap((record) => textOf(record, 'note') ?? []).at(-1);
    const proven = own.filter(isProven);
    const confirmation = proven.flatMap((record) => confirmationOf(record) ?? []).at(-1);
    return {
      step,
      state: confirmation ? 'confirmed' : 'told',
      ...(note !== undefined && { note }),
      ...(at !== undefined && { at }),
      ...(confirmation && { confirmation }),
      ...(proven.length === 0 && { unproven: true }),
    };
  });
}

function confirmationOf(record: JsonObject): Pick<Confirmation, 'sid' | 'at'> | undefined {
  const event = objectOf(record, 'event') ?? {};
  const [sid, at] = [textOf(event, 'sid'), instantOf(event, 'at')];
  return sid === undefined || at === undefined ? undefined : { sid, at };
}
