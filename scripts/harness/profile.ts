import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Settings by their full name, as in settings.json. */
export type Settings = Readonly<Record<string, unknown>>;

/** Without these a bare VS Code opens a welcome page, a chat side bar and asks the network for news. */
const quiet: Settings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'files.simpleDialog.enable': true,
  'git.openRepositoryInParentFolders': 'never',
};

/** What a test needs besides: nothing that moves, nothing that opens over the editor area and takes the keyboard. */
const still: Settings = {
  'git.enabled': false,
  'workbench.editor.useModal': 'off',
  'workbench.reduceMotion': 'on',
  'workbench.colorTheme': 'Dark 2026', // else it follows the machine's preference
  'window.confirmBeforeClose': 'never',
};

/** Lets the extension show its first steps, and VS Code nothing beside them. */
const welcoming: Settings = { 'workbench.startupEditor': 'welcomePageInEmptyWorkbench' };

/** A throw-away VS Code user: settings, extensions and an empty workspace folder under one temporary folder. */
export interface Profile {
  readonly folder: string;
  readonly extensions: string;
  readonly workspace: string;
  remove(): void;
}

/** Makes a throw-away user. `extensions` is a folder of installed extensions to use instead of an empty one. */
export function createProfile(options: { settings?: Settings; forTests?: boolean; extensions?: string } = {}): Profile {
  const folder = mkdtempSync(path.join(tmpdir(), 'twilio-incident-'));
  const extensions = options.extensions ?? path.join(folder, 'extensions');
  const workspace = path.join(folder, 'workspace');
  for (const each of [path.join(folder, 'User'), extensions, workspace]) mkdirSync(each, { recursive: true });
  // Without a file of its own code-server writes one into the user's ~/.config.
  writeFileSync(path.join(folder, 'config.yaml'), 'auth: none\n');
  const settings = { ...quiet, ...(options.forTests === false ? welcoming : still), ...options.settings };
  writeFileSync(path.join(folder, 'User/settings.json'), JSON.stringify(settings, null, 2));
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  return { folder, extensions, workspace, remove };
}
