import * as vscode from 'vscode';
import { contextKeys } from '../core/manifest/commands.ts';
import { setContext } from './contextKey.ts';
import type { Session } from './session.ts';

/** VS Code waits for so long at most, in milliseconds, before it knows the steps of a page it shows. */
const patience = 6000;

/**
 * Ticks the first of the first steps for an account that was open before they were shown. VS Code ticks a step when a context key becomes true, and
 * never when it was true already when it came to know the steps, which is when their page is first shown: so another key follows a while after
 * that. Settings and the like are pages of the same kind, which costs nothing but that key.
 */
export function createFirstStep(session: Session, delay: (milliseconds: number) => Promise<void>): vscode.Disposable {
  let seen = false;
  let known = false;
  let ended = false;

  const tell = () => void setContext(contextKeys.shownOpen, known && session.current !== undefined);
  async function look(): Promise<void> {
    const isShown = vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => input === undefined));
    if (!isShown || seen) return;
    seen = true;
    await delay(patience);
    if (ended) return;
    known = true;
    tell();
  }

  void look();
  return vscode.Disposable.from(
    vscode.window.tabGroups.onDidChangeTabs(() => void look()),
    session.onDidChange((what) => what === 'connection' && tell()),
    {
      dispose() {
        ended = true;
      },
    },
  );
}
