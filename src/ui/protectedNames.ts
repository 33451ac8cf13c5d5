import * as vscode from 'vscode';
import { protectedSetting } from '../core/manifest/contributes.ts';

/** What containment must never change, as the person set it. A setting of another shape protects nothing and is ignored. */
export function readProtectedNames(): readonly string[] {
  // Only the value of the user: the scope keeps workspaces out, and this does so where scopes are not enforced.
  const value: unknown = vscode.workspace.getConfiguration().inspect(protectedSetting)?.globalValue;
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
