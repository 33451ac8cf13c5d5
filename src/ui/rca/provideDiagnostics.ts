import * as vscode from 'vscode';
import { commandId } from '../../core/manifest/commands.ts';
import { lint } from '../../core/rca/lint.ts';
import type { LintCommand, LintFinding, LintFix } from '../../core/rca/lintFinding.ts';
import type { IncidentParts } from '../incidents.ts';
import { incidentOf, knownRecord } from './helpSources.ts';
import { blockCommands, selector } from './selector.ts';

const source = 'Twilio Incident';
const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;
/** Milliseconds without typing before a document is looked through. */
const quiet = 300;
/** Longer ones are no RCA. */
const longest = 4 * 1024 * 1024;

/** Marks what a document lacks or must not hold, and offers what puts it right. */
export function provideDiagnostics({
  incidents,
  background,
  delay,
}: Pick<IncidentParts, 'incidents' | 'background' | 'delay'>): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('twilio-incident-rca');
  const isOurs = (document: vscode.TextDocument) => vscode.languages.match(selector, document) > 0;
  const findingsOf = (document: vscode.TextDocument): readonly LintFinding[] => {
    const text = document.getText();
    if (text.length > longest) return [];
    const opened = incidentOf(incidents, document);
    return lint(text, opened && knownRecord(opened, document));
  };
  const check = (document: vscode.TextDocument): void => {
    if (isOurs(document)) collection.set(document.uri, findingsOf(document).map(diagnostic));
  };
  const soon = (document: vscode.TextDocument): void => {
    if (!isOurs(document)) return;
    const { version } = document;
    background(async () => {
      await delay(quiet);
      if (document.version === version && !document.isClosed) check(document);
    });
  };
  const all = () => vscode.workspace.textDocuments.forEach(check);
  all();
  return vscode.Disposable.from(
    collection,
    incidents.onDidChange(all),
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => soon(document)),
    vscode.workspace.onDidSaveTextDocument(check),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
    vscode.languages.registerCodeActionsProvider(
      selector,
      {
        provideCodeActions: (document, range, { diagnostics }) =>
          fixes(document, range, diagnostics, findingsOf(document)),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

function diagnostic(finding: LintFinding): vscode.Diagnostic {
  const one = new vscode.Diagnostic(rangeOf(finding), finding.message, severities[finding.severity]);
  one.source = source;
  one.code = finding.code;
  return one;
}

function fixes(
  document: vscode.TextDocument,
  range: vscode.Range,
  diagnostics: readonly vscode.Diagnostic[],
  findings: readonly LintFinding[],
): vscode.CodeAction[] {
  return findings
    .filter((finding) => rangeOf(finding).intersection(range) !== undefined)
    .flatMap((finding) => {
      const own = diagnostics.filter(({ code, range: at }) => code === finding.code && at.isEqual(rangeOf(finding)));
      return finding.fixes.map((fix, at) => {
        const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
        if ('command' in fix) action.command = commandOf(fix.command, fix.title, document, finding);
        else action.edit = editOf(fix, document, finding);
        action.diagnostics = own;
        action.isPreferred = at === 0;
        return action;
      });
    });
}

function commandOf(id: LintCommand, title: string, { uri }: vscode.TextDocument, finding: LintFinding): vscode.Command {
  if (id !== 'cite') return { title, command: commandId(id) };
  return { title, command: blockCommands.cite, arguments: [uri, rangeOf(finding), finding.code] };
}

/** Of a line that goes its end goes as well. */
function editOf(
  fix: Exclude<LintFix, { readonly command: LintCommand }>,
  document: vscode.TextDocument,
  finding: LintFinding,
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  if ('text' in fix) edit.replace(document.uri, rangeOf(finding), fix.text);
  else {
    const { range, rangeIncludingLineBreak } = document.lineAt(finding.line);
    const lineEnd = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    edit.replace(document.uri, fix.lines.length === 0 ? rangeIncludingLineBreak : range, fix.lines.join(lineEnd));
  }
  return edit;
}

function rangeOf({ line, start, end }: LintFinding): vscode.Range {
  return new vscode.Range(line, start, line, end);
}
