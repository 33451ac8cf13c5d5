import type * as vscode from 'vscode';
import { commandId } from '../../core/manifest/commands.ts';

const documents = ['RCA.md', 'support-packet.md'];

/** Documents of incidents: these names, in a folder of `incidents`. */
export const selector: vscode.DocumentSelector = documents.map((name) => ({
  scheme: 'file',
  pattern: `**/incidents/*/${name}`,
}));

/** Commands above a block and of a quick fix, which no menu offers. */
export const blockCommands = {
  refresh: commandId('rca.refreshBlock'),
  compare: commandId('rca.compareBlock'),
  cite: commandId('rca.cite'),
} as const;
