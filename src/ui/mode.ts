import * as vscode from 'vscode';
import type { Session } from './session.ts';

/** Switches this window between read-only and containment, saying what that means. */
export async function switchMode(session: Session): Promise<void> {
  const choice = await vscode.window.showQuickPick(
    [
      {
        label: '$(lock) Read-only',
        detail: 'Every change is refused before it leaves this computer.',
        mode: 'read-only' as const,
      },
      {
        label: '$(unlock) Containment',
        detail: 'Changes the account, each after a plan you confirm. In this window only.',
        mode: 'containment' as const,
      },
    ],
    { title: `Mode of this window: now ${session.mode}`, placeHolder: 'Choose a mode' },
  );
  if (choice) session.setMode(choice.mode);
}
