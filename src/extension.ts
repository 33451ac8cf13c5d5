import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { IncidentRow } from './core/incidentView/row.ts';
import { views } from './core/manifest/contributes.ts';
import { actions } from './core/registry.ts';
import { createOutside } from './outside.ts';
import { createAccounts } from './ui/accounts.ts';
import { createAccountsView } from './ui/accountsView.ts';
import { createActiveIncident } from './ui/activeIncident.ts';
import { guarded, type Handler, type Handlers, registerCommands } from './ui/commands.ts';
import { createConnectionStore } from './ui/connectionStore.ts';
import { copyNewKey } from './ui/copyNewKey.ts';
import { copyNewToken } from './ui/copyNewToken.ts';
import { createDecorations } from './ui/decorations.ts';
import { createEvidenceFeatures } from './ui/evidenceFeatures.ts';
import { createFirstStep } from './ui/firstStep.ts';
import { createImportLogs } from './ui/importLogs.ts';
import { createIncidentCommands } from './ui/incidentCommands.ts';
import { switchMode } from './ui/mode.ts';
import { createOffers } from './ui/offers.ts';
import { onFirstUse } from './ui/onFirstUse.ts';
import type { PanelTools } from './ui/panelTools.ts';
import { createRcaFeatures } from './ui/rca/rcaFeatures.ts';
import { createRecorder } from './ui/recorder.ts';
import { createRowCommands } from './ui/rowCommands.ts';
import { createSession } from './ui/session.ts';
import { createStatusBar } from './ui/statusBar.ts';
import { createTextPreview } from './ui/textPreview.ts';
import { createTimelineFeatures } from './ui/timelineFeatures.ts';
import { createTraffic } from './ui/traffic.ts';
import { createRestoredPanel } from './ui/trafficSerializer.ts';

/** Puts the parts together; gives tests in a real VS Code a way in, and nobody else. */
export function activate(context: vscode.ExtensionContext) {
  const log = vscode.window.createOutputChannel('Twilio Incident', { log: true });
  const clock = { now: () => Date.now() };
  const newId = () => randomUUID();
  const session = createSession();
  const background = (work: () => Promise<void>) => void guarded(work, log);
  const store = createConnectionStore(context);
  const preview = createTextPreview();
  const outside = createOutside({ context, session, clock, log, background });
  const incidents = createActiveIncident(outside.incidentStore, context.workspaceState);
  const recorder = createRecorder(incidents);
  const view = createAccountsView(session, context.globalState, clock, log, { incidents, recorder });

  const accounts = createAccounts({ session, store, preview, background, ...outside });
  const guard = (work: () => Promise<void>) => guarded(work, log);
  const tools: PanelTools = {
    incidents,
    store: outside.incidentStore,
    guard,
    now: clock.now,
    restore: createRestoredPanel,
    block: {
      contain: async (action, node) => (await containment()).contain(action, node),
      main: () => session.current?.connection.account,
    },
  };
  const traffic = createTraffic({
    session,
    clock,
    log,
    extensionUri: context.extensionUri,
    tools,
    detect: outside.detectRows,
  });
  const imports = createImportLogs({
    extensionUri: context.extensionUri,
    now: clock.now,
    guard,
    tools,
    importer: outside.logImporter,
    incidents,
    evidence: outside.evidenceStore,
    refresh: () => evidence.view.refresh(),
    preview,
  });
  const refreshTree = () => view.tree?.refresh();
  // More code than any other feature has, and nothing that the first rows need.
  const containment = onFirstUse(async () => {
    const { createContainFeatures } = await import('./ui/containFeatures.ts');
    return createContainFeatures({
      session,
      incidents,
      preview,
      recorder,
      clock,
      newId,
      evidenceStore: outside.evidenceStore,
      traffic,
      collected: (opened) => evidence.traffic.of(opened),
      collecting: () => evidence.collecting(),
      refresh: () => evidence.view.refresh(),
      delay: outside.delay,
      copyNewToken: () => copyNewToken(session, store),
      copyNewKey: () => copyNewKey(session, store),
      refreshTree,
      background,
    });
  });
  const rows = createRowCommands(view);
  const incidentStore = outside.incidentStore;
  const incident = createIncidentCommands({
    session,
    incidents,
    recorder,
    store: incidentStore,
    clock,
    newId,
    background,
  });
  const evidence = createEvidenceFeatures({
    session,
    incidents,
    preview,
    clock,
    log,
    newId,
    background,
    extensionUri: context.extensionUri,
    guard,
    tools,
    ...outside,
  });
  const timeline = createTimelineFeatures({
    incidents,
    clock,
    log,
    memory: context.workspaceState,
    evidenceStore: outside.evidenceStore,
    count: (opened) => outside.incidentTraffic(opened, {}),
    collecting: evidence.collecting,
    unrecorded: evidence.unrecorded,
    onEvidence: (listener) => evidence.view.provider.onDidChangeTreeData?.(listener) ?? { dispose: () => undefined },
    delay: outside.delay,
    writer: outside.rcaWriter,
    home: outside.home,
    background,
  });
  const rca = createRcaFeatures({
    session,
    incidents,
    begin: incident.begin,
    store: incidentStore,
    clock,
    importer: outside.logImporter,
    traffic: traffic.latest,
    collected: evidence.traffic.of,
    evidence: outside.evidenceStore,
    writer: outside.rcaWriter,
    delay: outside.delay,
    background,
  });

  const handlers: Handlers = {
    signIn: accounts.signIn,
    importCliProfile: accounts.importCliProfile,
    openDemo: accounts.openDemo,
    restartDemo: accounts.restartDemo,
    importLogs: imports.run,
    switchAccount: () => accounts.switchAccount(),
    signOut: accounts.signOut,
    showReach: accounts.showReach,
    switchMode: () => switchMode(session),
    refreshAccounts: rows.refreshAccounts,
    refreshRow: (node) => node && view.tree?.refresh(node),
    loadMore: rows.loadMore,
    stopLoading: () => view.tree?.stop(),
    filterAccounts: rows.filterAccounts,
    clearFilter: rows.clearFilter,
    chooseKinds: rows.chooseKinds,
    copySid: rows.copySid,
    openInConsole: (node, row) => rows.openInConsole(node, row?.consolePath),
    showTraffic: () => traffic.show(),
    contain: async () => (await containment()).containAll(),
    undoContainment: async () => (await containment()).undo(),
    consoleSteps: async (node, row) => (await containment()).consoleSteps(node, row),
    checkSafeList: async (node, row) => (await containment()).checkSafeList(node, row),
    copyNewKey: () => copyNewKey(session, store),
    copyNewToken: () => copyNewToken(session, store),
    startIncident: incident.start,
    openIncident: incident.open,
    continueIncident: incident.continueHere,
    closeIncident: incident.close,
    ...evidence.handlers,
    openIncidentFile: (_node, row) => incident.openFile(row?.file),
    ...rca.handlers,
    ...timeline.handlers,
    showLog: () => log.show(),
  };
  const contain = Object.fromEntries(
    actions.map((action): [string, Handler] => [
      action.id,
      async (node) => (await containment()).contain(action, node),
    ]),
  );

  const isRow = (row: unknown): row is IncidentRow => evidence.view.owns(row) || timeline.view.owns(row);

  context.subscriptions.push(
    log,
    session,
    view,
    preview,
    traffic,
    imports,
    createDecorations(),
    createFirstStep(session, outside.delay),
    createOffers({ session, store, incidents, recorder }),
    evidence,
    rca,
    timeline,
    incidents,
    createStatusBar(session, incidents),
    registerCommands({ ...handlers, ...contain }, { isNode: view.owns, isRow }, log),
  );
  context.subscriptions.push(store.onDidChangeSecret((id) => background(() => accounts.secretChanged(id))));
  background(() => start(context, accounts));
  background(incident.restore);
  if (context.extensionMode !== vscode.ExtensionMode.Test) return undefined;
  // Tests in a real VS Code bring a simulator of their own; outside tests there is no way to name one.
  const { connect, journalFolder } = outside;
  return { session, view, incidentView: evidence.view, timelineView: timeline.view, connect, journalFolder, incidents };
}

/** Whether the first steps were shown in this workspace. */
const welcomed = 'welcomed';

/** Opens what the window should show: the demo in a workspace made for it, with the first steps once; else the account used last. */
async function start(context: vscode.ExtensionContext, accounts: ReturnType<typeof createAccounts>): Promise<void> {
  if (context.extensionMode === vscode.ExtensionMode.Test) return;
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const marker = folder && vscode.Uri.joinPath(folder.uri, '.twilio-incident-demo');
  const isDemo =
    marker &&
    (await vscode.workspace.fs.stat(marker).then(
      () => true,
      () => false,
    ));
  if (!isDemo) return accounts.restore();
  await vscode.commands.executeCommand(`${views.accounts}.focus`);
  await accounts.openDemo();
  const isWelcome = vscode.workspace.getConfiguration('workbench').get('startupEditor') !== 'none';
  if (!isWelcome || context.workspaceState.get(welcomed) === true) return;
  await context.workspaceState.update(welcomed, true);
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`);
}
