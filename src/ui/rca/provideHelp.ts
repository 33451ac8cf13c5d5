import * as vscode from 'vscode';
import { heldCaptures } from '../../core/evidence/heldCaptures.ts';
import { evidenceIds } from '../../core/rca/citations.ts';
import { explain, type Suggestion, suggestions, word } from '../../core/rca/help.ts';
import { citationsIn } from '../../core/rca/lintEvidence.ts';
import { untrusted } from '../../core/untrusted.ts';
import type { IncidentParts } from '../incidents.ts';
import { inertMarkdown } from '../inertMarkdown.ts';
import { helpSources, incidentOf } from './helpSources.ts';
import { selector } from './selector.ts';

const kinds = {
  evidence: vscode.CompletionItemKind.File,
  record: vscode.CompletionItemKind.Event,
  account: vscode.CompletionItemKind.Reference,
  action: vscode.CompletionItemKind.Text,
  snippet: vscode.CompletionItemKind.Snippet,
} as const;

/** Completion, hover and links from citations to what they cite. */
export function provideHelp({ incidents, clock }: Pick<IncidentParts, 'incidents' | 'clock'>): vscode.Disposable {
  const sourcesOf = (document: vscode.TextDocument) => {
    const opened = incidentOf(incidents, document);
    return opened && helpSources(opened, clock);
  };
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(
      selector,
      {
        provideCompletionItems(document) {
          const sources = sourcesOf(document);
          return sources ? suggestions(sources).map(item) : [];
        },
      },
      '(',
    ),
    vscode.languages.registerHoverProvider(selector, {
      provideHover(document, position) {
        const range = document.getWordRangeAtPosition(position, word);
        const sources = range && sourcesOf(document);
        const told = sources && explain(document.getText(range), sources);
        if (!told) return undefined;
        const text = inertMarkdown(told.map((sentence) => untrusted(sentence).for('markdown')).join('\n\n'));
        return new vscode.Hover(text, range);
      },
    }),
    vscode.languages.registerDocumentLinkProvider(selector, {
      provideDocumentLinks: (document) => links(document, incidents),
    }),
  );
}

function item({ kind, label, insert, detail }: Suggestion): vscode.CompletionItem {
  const one = new vscode.CompletionItem({ label, description: untrusted(detail).for('label') }, kinds[kind]);
  one.insertText = snippet(insert);
  // Evidence before snippets, in the order of its numbers.
  one.sortText = `${Object.keys(kinds).indexOf(kind)}${label.replace(/\d+/, (digits) => digits.padStart(9, '0'))}`;
  return one;
}

/** Placeholders stand between `‹` and `›`. */
function snippet(insert: string): vscode.SnippetString {
  const made = new vscode.SnippetString();
  for (const part of insert.split(/(‹[^‹›]*›)/)) {
    if (part.startsWith('‹')) made.appendPlaceholder(part.slice(1, -1));
    else made.appendText(part);
  }
  return made;
}

/** `E3` leads to its line in the list of files, else to the folder's file; `J12` to the line of the journal. */
function links(document: vscode.TextDocument, incidents: IncidentParts['incidents']): vscode.DocumentLink[] {
  const opened = incidentOf(incidents, document);
  if (!opened) return [];
  const { records } = opened.journal;
  const folder = vscode.Uri.file(opened.folder);
  const lines = document.getText().split(/\r?\n/);
  const listed = new Map(
    lines.flatMap((line, at): readonly [string, number][] => {
      const id = /^- \*\*(E\d+)\*\*/.exec(line)?.[1];
      return id === undefined ? [] : [[id, at]];
    }),
  );
  const held = new Set(heldCaptures(records).map(({ capture }) => capture.file));
  const files = new Map([...evidenceIds(records)].map(([file, id]) => [id, file]));
  const targetOf = (id: string): vscode.Uri | undefined => {
    if (id.startsWith('J')) {
      const seq = Number(id.slice(1));
      const journal = vscode.Uri.joinPath(folder, 'journal.jsonl');
      return seq <= records.length ? journal.with({ fragment: `L${seq}` }) : undefined;
    }
    const at = listed.get(id);
    if (at !== undefined) return document.uri.with({ fragment: `L${at + 1}` });
    const file = files.get(id);
    return file !== undefined && held.has(file) ? vscode.Uri.joinPath(folder, file) : undefined;
  };
  return lines.flatMap((line, at) =>
    citationsIn(line).flatMap(({ id, start, end }) => {
      const target = targetOf(id);
      return target ? [new vscode.DocumentLink(new vscode.Range(at, start, at, end), target)] : [];
    }),
  );
}
