import * as vscode from 'vscode';
import type { IncidentParts } from '../incidents.ts';
import { provideCiting } from './cite.ts';
import { provideDiagnostics } from './provideDiagnostics.ts';
import { provideDrop } from './provideDrop.ts';
import { provideHelp } from './provideHelp.ts';
import { provideLenses } from './provideLenses.ts';

/** Everything the editor does for documents of incidents; loaded with the first of them. */
export function provideDocumentFeatures(parts: IncidentParts): vscode.Disposable {
  return vscode.Disposable.from(
    provideHelp(parts),
    provideDiagnostics(parts),
    provideCiting(parts),
    provideLenses(parts),
    provideDrop(parts),
  );
}
