import * as vscode from 'vscode';
import type { ExportFiles } from '../core/bulkExport/exportedDay.ts';
import type { Outcome } from '../core/contain/apply.ts';
import type { Plan } from '../core/contain/plan.ts';
import type { Undoable } from '../core/contain/undo.ts';
import { UserError } from '../core/errors.ts';
import { contextKeys } from '../core/manifest/commands.ts';
import type { Connection, Mode } from '../core/model/connection.ts';
import type { AccountJournal, Twilio } from '../core/ports.ts';
import { setContext } from './contextKey.ts';

/** A connection in use. */
export interface OpenConnection {
  readonly connection: Connection;
  /** Of a demo: when it began, epoch milliseconds. What was done before was done in another. */
  readonly began?: number;
  readonly twilio: Twilio;
  /** Exported days of its accounts. */
  readonly files: ExportFiles;
  readonly journal: AccountJournal;
  /** Runs a change of the account while no other window of this computer makes one. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  dispose(): void;
}

/** What was done in this window, for the RCA and for undo. */
export interface Step {
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
  readonly undo: Undoable | undefined;
}

/** This window's account and mode. Everything that shows either listens to `onDidChange`. */
export interface Session extends vscode.Disposable {
  readonly current: OpenConnection | undefined;
  readonly mode: Mode;
  readonly steps: readonly Step[];
  readonly onDidChange: vscode.Event<'connection' | 'mode' | 'steps'>;
  /** Replaces the connection; the mode falls back to read-only. */
  open(connection: OpenConnection): void;
  close(): void;
  setMode(mode: Mode): void;
  record(step: Step): void;
  /** Keeps the account open while a change is under way: switching then is refused with a `UserError` that says `why`. */
  hold<T>(work: () => Promise<T>, why?: string): Promise<T>;
}

const changing = 'A change to the open account is being sent and read back. Switch when its outcome is shown.';

/** Starts without a connection, read-only. */
export function createSession(): Session {
  const changed = new vscode.EventEmitter<'connection' | 'mode' | 'steps'>();
  let current: OpenConnection | undefined;
  let mode: Mode = 'read-only';
  let steps: Step[] = [];
  const held: string[] = [];

  function tell(what: 'connection' | 'mode' | 'steps'): void {
    void setContext(contextKeys.connected, current !== undefined);
    void setContext(contextKeys.demo, current?.connection.demo === true);
    changed.fire(what);
  }
  function replace(next: OpenConnection | undefined): void {
    const [why] = held;
    if (why !== undefined) {
      next?.dispose();
      throw new UserError('state-moved', why);
    }
    current?.dispose();
    current = next;
    mode = 'read-only';
    steps = [];
    tell('connection');
  }
  return {
    get current() {
      return current;
    },
    get mode() {
      return mode;
    },
    get steps() {
      return steps;
    },
    onDidChange: changed.event,
    open: replace,
    close: () => replace(undefined),
    setMode(wanted) {
      mode = wanted;
      tell('mode');
    },
    record(step) {
      steps = [...steps, step];
      tell('steps');
    },
    async hold(work, why = changing) {
      held.push(why);
      try {
        return await work();
      } finally {
        held.splice(held.indexOf(why), 1);
      }
    },
    dispose() {
      current?.dispose();
      changed.dispose();
    },
  };
}
