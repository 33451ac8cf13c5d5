import * as vscode from 'vscode';
import type { Branch, Severity } from '../core/accounts/nodeKind.ts';
import { untrusted } from '../core/untrusted.ts';

const scheme = 'twilio-incident-row';

const looks: Readonly<Record<Severity, { readonly badge: string; readonly color: string }>> = {
  critical: { badge: '!!', color: 'list.errorForeground' },
  warning: { badge: '!', color: 'list.warningForeground' },
  notice: { badge: '·', color: 'list.deemphasizedForeground' },
};

/**
 * Marks a suspicious row for the decoration provider below; rows without a mark need no address. Others read addresses too
 * (VS Code, other extensions, logs), so the reason goes in as inert as it comes out.
 */
export function decorationUri(branch: Branch, id: string): vscode.Uri | undefined {
  if (!branch.severity) return undefined;
  const query = JSON.stringify([branch.severity.level, untrusted(branch.severity.reason).for('label')]);
  return vscode.Uri.from({ scheme, path: `/${encodeURIComponent(id.toWellFormed())}`, query });
}

/** The badge and reason an address of ours stands for; `undefined` for any other, since anybody can ask about any address. */
export function decorationOf(uri: vscode.Uri): vscode.FileDecoration | undefined {
  if (uri.scheme !== scheme) return undefined;
  const [level, reason] = parsed(uri.query);
  if (typeof level !== 'string' || typeof reason !== 'string' || !Object.hasOwn(looks, level)) return undefined;
  const { badge, color } = looks[level as Severity];
  return new vscode.FileDecoration(badge, untrusted(reason).for('label'), new vscode.ThemeColor(color));
}

/** A coloured badge with the reason on every suspicious row. */
export function createDecorations(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({ provideFileDecoration: decorationOf });
}

function parsed(query: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(query);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
