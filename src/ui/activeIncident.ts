import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { IncidentStore, OpenIncident } from '../core/evidence/incidentStore.ts';
import { contextKeys } from '../core/manifest/commands.ts';
import { setContext } from './contextKey.ts';

const memoryKey = 'incident';
const restricted = 'In Restricted Mode nothing is written here. Run “Workspaces: Manage Workspace Trust” to go on.';
const recording = 'Something is being recorded in the active incident. Switch when its outcome is shown.';
/** A window that reloads can overlap with its predecessor for 5 s, the time VS Code gives an extension to end. */
const patience = { asked: 1500, restored: 6000 } as const;

/** The incident this window works on; at most one. Remembered per workspace. */
export interface ActiveIncident extends vscode.Disposable {
  readonly current: OpenIncident | undefined;
  readonly onDidChange: vscode.Event<void>;
  /** Something that kept it open has ended, well or not: what is shown of it may be old. */
  readonly onDidWork: vscode.Event<void>;
  /** Makes the incident of this folder the active one; with `adopt`, also to continue one that was not all recorded on this computer. */
  open(folder: string, adopt?: boolean): Promise<OpenIncident>;
  /** None is active afterwards. Its files stay as they are. */
  close(): Promise<void>;
  /** Opens the one that was active when the workspace was closed, unless it is gone. */
  restore(): Promise<void>;
  /** Why it has to stay open and as it is at the moment, as a sentence; `undefined` when nothing works on it. */
  readonly held: string | undefined;
  /** Keeps it open while something is recorded: opening or closing then is refused with a `UserError` that says `why`. */
  hold<T>(work: () => Promise<T>, why?: string): Promise<T>;
}

/** Starts with none. */
export function createActiveIncident(store: () => Promise<IncidentStore>, memory: vscode.Memento): ActiveIncident {
  const changed = new vscode.EventEmitter<void>();
  const worked = new vscode.EventEmitter<void>();
  let current: OpenIncident | undefined;
  const held: string[] = [];
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: what is restored at the start must not overtake what the person opens. */
  function replace(next: () => Promise<OpenIncident | undefined>): Promise<void> {
    const result = last.then(() => exchange(next));
    last = result.catch(() => undefined);
    return result;
  }
  async function exchange(next: () => Promise<OpenIncident | undefined>): Promise<void> {
    const [why] = held;
    if (why !== undefined) throw new UserError('state-moved', why);
    try {
      // First let go: the same incident may be opened again.
      await current?.journal.close();
      current = undefined;
      current = await next();
    } finally {
      await setContext(contextKeys.incident, current !== undefined);
      await setContext(contextKeys.adoptable, current?.journal.adoptable === true);
      changed.fire();
    }
  }
  const load = async (folder: string, wait: number, adopt: boolean): Promise<OpenIncident> => {
    const viewOnly = vscode.workspace.isTrusted ? undefined : restricted;
    return (await store()).open(folder, { viewOnly, patience: wait, adopt });
  };
  async function open(folder: string, wait: number, adopt = false): Promise<OpenIncident> {
    let opened: OpenIncident | undefined;
    await replace(async () => {
      opened = await load(folder, wait, adopt);
      return opened;
    });
    if (!opened) throw new Error('no incident was opened');
    await memory.update(memoryKey, folder);
    return opened;
  }
  const trusting = vscode.workspace.onDidGrantWorkspaceTrust(() => {
    // Fails only while something is recorded, and then it is not read-only.
    if (current) open(current.folder, patience.asked).catch(() => undefined);
  });
  return {
    get current() {
      return current;
    },
    onDidChange: changed.event,
    onDidWork: worked.event,
    open: (folder, adopt) => open(folder, patience.asked, adopt),
    async close() {
      await replace(async () => undefined);
      await memory.update(memoryKey, undefined);
    },
    async restore() {
      const folder = memory.get<string>(memoryKey);
      if (folder === undefined) return;
      const there = await vscode.workspace.fs.stat(vscode.Uri.file(folder)).then(
        () => true,
        () => false,
      );
      if (there) await open(folder, patience.restored);
      else await memory.update(memoryKey, undefined);
    },
    get held() {
      return held[0];
    },
    async hold(work, why = recording) {
      held.push(why);
      try {
        return await work();
      } finally {
        held.splice(held.indexOf(why), 1);
        worked.fire();
      }
    },
    dispose() {
      trusting.dispose();
      changed.dispose();
      worked.dispose();
      void current?.journal.close();
    },
  };
}
