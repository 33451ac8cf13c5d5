/** One command of the extension, without its prefix `twilioIncident.`. */
export interface CommandEntry {
  readonly title: string;
  readonly icon?: string;
  /** When it makes sense; also hides it from the palette otherwise. */
  readonly when?: string;
  /** Needs a row of the tree, so that the palette cannot offer it. */
  readonly onRow?: true;
}

/** Context keys set by the extension. */
export const contextKeys = {
  connected: 'twilioIncident.connected',
  filtered: 'twilioIncident.filtered',
  incident: 'twilioIncident.incident',
  undoable: 'twilioIncident.undoable',
} as const;

const { connected, filtered, incident, undoable } = contextKeys;

/** Every command except the containment actions, which bring their own. */
export const commands = {
  signIn: { title: 'Sign In…', icon: 'sign-in' },
  importCliProfile: { title: 'Sign In With a Twilio CLI Profile…' },
  openDemo: { title: 'Open the Demo Incident', icon: 'beaker' },
  importLogs: { title: 'Import Logs…', icon: 'cloud-upload' },
  switchAccount: { title: 'Switch Account…', icon: 'arrow-swap' },
  signOut: { title: 'Sign Out', when: connected },
  showReach: { title: 'What Can This Credential Reach?', when: connected },
  switchMode: { title: 'Switch Between Read-Only and Containment…', when: connected },
  refreshAccounts: { title: 'Refresh Accounts', icon: 'refresh', when: connected },
  refreshRow: { title: 'Refresh', icon: 'refresh', onRow: true },
  loadMore: { title: 'Load More', onRow: true },
  stopLoading: { title: 'Stop Loading', icon: 'stop-circle', when: connected },
  filterAccounts: { title: 'Find by Name or SID…', icon: 'filter', when: connected },
  clearFilter: { title: 'Show Everything Again', icon: 'filter-filled', when: `${connected} && ${filtered}` },
  chooseKinds: { title: 'Choose What Is Listed…', when: connected },
  copySid: { title: 'Copy SID', onRow: true },
  openInConsole: { title: 'Open in Twilio Console', onRow: true },
  showTraffic: { title: 'Show Traffic by Country', icon: 'globe', when: connected },
  undoContainment: { title: 'Undo Containment…', icon: 'discard', when: `${connected} && ${undoable}` },
  startIncident: { title: 'Start Incident…', icon: 'new-folder' },
  openIncident: { title: 'Open Incident…', icon: 'folder-opened' },
  closeIncident: { title: 'Close Incident', when: incident },
  createRca: { title: 'Create RCA', icon: 'file-text', when: `${connected} || ${incident}` },
  showLog: { title: 'Show Log' },
} as const satisfies Record<string, CommandEntry>;

export type CommandId = keyof typeof commands;

/** The id VS Code knows a command or action by. */
export function commandId(id: string): string {
  return `twilioIncident.${id}`;
}
