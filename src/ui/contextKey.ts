import * as vscode from 'vscode';
import type { contextKeys } from '../core/manifest/commands.ts';

/** Sets a context key that menus and welcome texts depend on. */
export async function setContext(key: (typeof contextKeys)[keyof typeof contextKeys], value: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', key, value);
}
