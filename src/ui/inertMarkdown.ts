import * as vscode from 'vscode';

/** The one place that makes Markdown for VS Code to draw: no commands, no HTML. What goes in must be inert already. */
export function inertMarkdown(start: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString(start);
  text.isTrusted = false;
  text.supportHtml = false;
  return text;
}
