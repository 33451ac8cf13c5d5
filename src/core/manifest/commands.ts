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
  adoptable: 'twilioIncident.adoptable',
  collected: 'twilioIncident.collected',
  connected: 'twilioIncident.connected',
  demo: 'twilioIncident.demo',
  filtered: 'twilioIncident.filtered',
  incident: 'twilioIncident.incident',
  keptKey: 'twilioIncident.keptKey',
  keptToken: 'twilioIncident.keptToken',
  shownOpen: 'twilioIncident.shownOpen',
  timelineFiltered: 'twilioIncident.timelineFiltered',
  undoable: 'twilioIncident.undoable',
  watching: 'twilioIncident.watching',
} as const;

const { adoptable, collected, connected, demo, filtered, incident, keptKey, keptToken } = contextKeys;
const { timelineFiltered, undoable, watching } = contextKeys;

/** Every command except the containment actions, which bring their own. */
export const commands = {
  signIn: { title: 'Sign In…', icon: 'sign-in' },
  importCliProfile: { title: 'Sign In With a Twilio CLI Profile…' },
  openDemo: { title: 'Open the Demo Incident', icon: 'beaker' },
  restartDemo: { title: 'Start the Demo Anew', when: demo },
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
  openInConsole: { title: 'Open in Twilio Console', icon: 'link-external', onRow: true },
  showTraffic: { title: 'Show Traffic by Country', icon: 'globe', when: connected },
  contain: { title: 'Contain…', icon: 'shield', when: connected },
  checkSafeList: { title: 'Check Safe List…', icon: 'search', when: connected },
  copyNewKey: { title: 'Copy Replacement Key…', icon: 'key', when: `${connected} && ${keptKey}` },
  copyNewToken: { title: 'Copy Rotated Auth Token…', icon: 'key', when: `${connected} && ${keptToken}` },
  undoContainment: { title: 'Undo Containment…', icon: 'discard', when: `${connected} && ${undoable}` },
  consoleSteps: { title: 'Console Steps…', icon: 'checklist', when: `${connected} || ${incident}` },
  startIncident: { title: 'Start Incident…', icon: 'new-folder' },
  openIncident: { title: 'Open Incident…', icon: 'folder-opened' },
  continueIncident: { title: 'Continue It Here…', icon: 'edit', when: adoptable },
  closeIncident: { title: 'Close Incident…', when: incident },
  collectEvidence: { title: 'Collect Evidence…', icon: 'cloud-download' },
  collectBaseline: { title: 'Collect Baseline (BulkExport)…', icon: 'history', when: `${connected} && ${incident}` },
  validate: { title: 'Validate', icon: 'search' },
  collectSource: { title: 'Collect', icon: 'cloud-download', onRow: true },
  showCollectedTraffic: { title: 'Show Collected Traffic', icon: 'globe', when: `${incident} && ${collected}` },
  // Also while it is on: it looks at once then.
  startLiveWatch: { title: 'Start Live Watch', icon: 'eye', when: `${connected} && ${incident} && ${collected}` },
  stopLiveWatch: { title: 'Stop Live Watch', icon: 'eye-closed', when: watching },
  exportEvidence: { title: 'Export Evidence…', icon: 'export', when: incident },
  deleteEvidence: { title: 'Delete Evidence…', icon: 'trash', when: incident },
  openEvidence: { title: 'Show Evidence', icon: 'go-to-file', onRow: true },
  openIncidentFile: { title: 'Open', icon: 'go-to-file', onRow: true },
  createRca: { title: 'Create RCA', icon: 'file-text', when: `${connected} || ${incident}` },
  refreshRca: { title: 'Refresh RCA', icon: 'sync', when: incident },
  setRcaStatus: { title: 'Set RCA Status…', when: incident },
  switchNumbers: { title: 'Mask or Unmask Phone Numbers…', when: incident },
  exportRca: { title: 'Export RCA…', icon: 'export', when: incident },
  createSupportPacket: { title: 'Create Support Packet', icon: 'mail', when: incident },
  logSupportContact: { title: 'Log Support Contact…', when: incident },
  addTimelineEntry: { title: 'Add Timeline Entry…', icon: 'add', when: incident },
  filterTimeline: { title: 'Filter Timeline…', icon: 'filter', when: incident },
  clearTimelineFilter: {
    title: 'Show the Whole Timeline Again',
    icon: 'filter-filled',
    when: `${incident} && ${timelineFiltered}`,
  },
  reverseTimeline: { title: 'Reverse the Timeline (Newest or Oldest First)', icon: 'arrow-swap', when: incident },
  exportTimeline: { title: 'Export Timeline…', icon: 'export', when: incident },
  annotateEntry: { title: 'Annotate…', icon: 'comment', onRow: true },
  starEntry: { title: 'Star', icon: 'star-empty', onRow: true },
  unstarEntry: { title: 'Unstar', icon: 'star-full', onRow: true },
  loadMoreEntries: { title: 'Load More', onRow: true },
  showLog: { title: 'Show Log' },
} as const satisfies Record<string, CommandEntry>;

export type CommandId = keyof typeof commands;

/** The id VS Code knows a command or action by. */
export function commandId(id: string): string {
  return `twilioIncident.${id}`;
}
