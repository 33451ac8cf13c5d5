import * as vscode from 'vscode';
import type { Handlers } from '../commands.ts';
import type { IncidentParts } from '../incidents.ts';
import { createEditorHelp } from './editorHelp.ts';
import { recordSaves } from './openDocument.ts';

type Commands =
  | 'createRca'
  | 'refreshRca'
  | 'setRcaStatus'
  | 'switchNumbers'
  | 'createSupportPacket'
  | 'logSupportContact'
  | 'exportRca';

export interface RcaFeatures extends vscode.Disposable {
  readonly handlers: Pick<Handlers, Commands>;
}

/** The documents of an incident: their commands, each loaded when it is first used, and help where they are edited. */
export function createRcaFeatures(parts: IncidentParts): RcaFeatures {
  const help = createEditorHelp(parts);
  const saves = recordSaves(parts, parts.background);
  return {
    handlers: {
      createRca: async () => (await import('../incidents.ts')).createIncidentRca(parts),
      refreshRca: async () => (await import('./refreshRca.ts')).refreshRca(parts),
      setRcaStatus: async () => (await import('./setStatus.ts')).setRcaStatus(parts),
      switchNumbers: async () => (await import('./supportPacket.ts')).switchDocumentNumbers(parts),
      createSupportPacket: async () => (await import('./supportPacket.ts')).createSupportPacket(parts),
      logSupportContact: async () => (await import('./supportPacket.ts')).logSupportContact(parts),
      exportRca: async () => (await import('./exportRca.ts')).exportRca(parts),
    },
    dispose: () => vscode.Disposable.from(help, saves).dispose(),
  };
}
