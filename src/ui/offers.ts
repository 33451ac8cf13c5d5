import * as vscode from 'vscode';
import { contextKeys } from '../core/manifest/commands.ts';
import type { ActiveIncident } from './activeIncident.ts';
import type { ConnectionStore } from './connectionStore.ts';
import { setContext } from './contextKey.ts';
import type { Recorder } from './recorder.ts';
import type { OpenConnection, Session } from './session.ts';

export interface OffersParts {
  readonly session: Session;
  readonly store: Pick<ConnectionStore, 'keptAccounts' | 'keptKeys'>;
  readonly incidents: ActiveIncident;
  readonly recorder: Pick<Recorder, 'undos'>;
}

/**
 * Offers undo and the copying of secrets only while there is something to undo or to copy. Another window may have changed that: it is looked at
 * again when the person comes back to this one.
 */
export function createOffers({ session, store, incidents, recorder }: OffersParts): vscode.Disposable {
  let looks = 0;

  async function isUndoable(open: OpenConnection): Promise<boolean> {
    try {
      const { undos } = await recorder.undos(open);
      return undos.some(({ undo }) => undo.at >= (open.began ?? 0));
    } catch {
      // The command itself says what is wrong.
      return true;
    }
  }

  async function look(): Promise<void> {
    looks += 1;
    const own = looks;
    const open = session.current;
    const undo = open !== undefined && (await isUndoable(open));
    if (own !== looks) return;
    await Promise.all([
      setContext(contextKeys.undoable, undo),
      setContext(contextKeys.keptKey, open !== undefined && store.keptKeys(open.connection).length > 0),
      setContext(contextKeys.keptToken, open !== undefined && store.keptAccounts(open.connection).length > 0),
    ]);
  }

  const again = () => void look();
  again();
  return vscode.Disposable.from(
    session.onDidChange(again),
    incidents.onDidChange(again),
    vscode.window.onDidChangeWindowState(({ focused }) => focused && again()),
  );
}
