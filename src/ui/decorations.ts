import * as vscode from 'vscode';
import type { Branch, Severity } from '../core/accounts/nodeKind.ts';
import { untrusted } from '../core/untrusted.ts';

const scheme = 'twilio-incident-row';

/** Marks a suspicious row for the decoration provider below; rows without a mark need no address. */
export function decorationUri(branch: Branch, id: string): vscode.Uri | undefined {
  if (!branch.severity) return undefined;
  const { level, reason } = branch.severity;
  return vscode.Uri.from({ scheme, path: `/${encodeURIComponent(id)}`, query: JSON.stringify({ level, reason }) });
}

/** A coloured badge with the reason on every suspicious row. */
export function createDecorations(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration(uri) {
      if (uri.scheme !== scheme) return undefined;
      const { level, reason } = JSON.parse(uri.query) as { level: Severity; reason: string };
      const badge = { critical: '!!', warning: '!', notice: '·' }[level];
      const color = {
        critical: 'list.errorForeground',
        warning: 'list.warningForeground',
        notice: 'list.deemphasizedForeground',
      }[level];
      return new vscode.FileDecoration(badge, untrusted(reason).for('label'), new vscode.ThemeColor(color));
    },
  });
}
