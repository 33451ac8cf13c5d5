import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Connection } from './core/model/connection.ts';
import { actions } from './core/registry.ts';
import { createAccounts } from './ui/accounts.ts';
import { createAccountsView } from './ui/accountsView.ts';
import { createActiveIncident } from './ui/activeIncident.ts';
import { createAnchors } from './ui/anchors.ts';
import { guarded, type Handler, type Handlers, registerCommands } from './ui/commands.ts';
import { createConnectionStore } from './ui/connectionStore.ts';
import { createContainment } from './ui/containment.ts';
import { createDecorations } from './ui/decorations.ts';
import { createImportLogs } from './ui/importLogs.ts';
import { createIncidentCommands } from './ui/incidentCommands.ts';
import { createIncidentRca } from './ui/incidents.ts';
import { switchMode } from './ui/mode.ts';
import { pickTargets } from './ui/pickTargets.ts';
import { createRecorder } from './ui/recorder.ts';
import { createRowCommands } from './ui/rowCommands.ts';
import { createSession, type OpenConnection } from './ui/session.ts';
import { createStatusBar } from './ui/statusBar.ts';
import { createTextPreview } from './ui/textPreview.ts';
import { createTraffic } from './ui/traffic.ts';

type Route = import('./adapters/twilio/route.ts').Route;

/** Puts the parts together. What is heavy (SDK, simulator, Markdown, panel) is imported when it is first used. */
export function activate(context: vscode.ExtensionContext) {
  const log = vscode.window.createOutputChannel('Twilio Incident', { log: true });
  const clock = { now: () => Date.now() };
  const newId = () => randomUUID();
  const session = createSession();
  const background = (work: () => Promise<void>) => void guarded(work, log);
  const store = createConnectionStore(context);
  const view = createAccountsView(session, context.globalState, clock, log);
  const preview = createTextPreview();
  const journalFolder = path.join(context.globalStorageUri.fsPath, 'journal');
  const anchors = createAnchors(context.secrets, log);
  const incidentStore = async () => {
    const { createIncidentStore } = await import('./adapters/evidence/incidentStore.ts');
    return createIncidentStore({ anchors, clock });
  };
  const incidents = createActiveIncident(incidentStore, context.workspaceState);
  const recorder = createRecorder(incidents);

  async function connect(
    connection: Connection,
    secret: string,
    route: Route = { kind: 'twilio' },
  ): Promise<OpenConnection> {
    const [{ createTwilio }, { createAccountJournal }, { delay }] = await Promise.all([
      import('./adapters/twilio/createTwilio.ts'),
      import('./adapters/evidence/accountJournal.ts'),
      import('./adapters/twilio/delay.ts'),
    ]);
    const mode = () => session.mode;
    const twilio = createTwilio({ connection, secret, mode, route, clock, random: Math.random, delay, log });
    const { account } = connection;
    const journal = createAccountJournal({ folder: path.join(journalFolder, account), account, anchors, clock });
    return { connection, twilio, journal, dispose: () => twilio.dispose() };
  }

  async function openDemo(): Promise<OpenConnection> {
    const [{ createDemoWorld, demoCredential }, { startSimulator }] = await Promise.all([
      import('./simulator/demo.ts'),
      import('./simulator/server/startSimulator.ts'),
    ]);
    const simulator = await startSimulator({ world: createDemoWorld({ now: clock.now }), latencyMs: 30 });
    const stop = () => background(() => simulator.stop());
    const { accountSid: account, authToken } = demoCredential;
    const demo: Connection = {
      id: 'demo',
      name: demoCredential.name,
      account,
      credential: { kind: 'authToken' },
      demo: true,
    };
    const open = await connect(demo, authToken, { kind: 'simulator', port: simulator.port }).catch(
      (reason: unknown) => {
        stop();
        throw reason;
      },
    );
    return {
      ...open,
      dispose() {
        open.dispose();
        stop();
      },
    };
  }

  const accounts = createAccounts({
    session,
    store,
    connect,
    openDemo,
    async readCliProfiles() {
      const { readCliProfiles } = await import('./adapters/cliProfiles.ts');
      return readCliProfiles(path.join(homedir(), '.twilio-cli', 'config.json'));
    },
    async reachOf({ twilio, connection }, cancel) {
      const { probe, summarize } = await import('./core/twilio/probe.ts');
      const reach = await probe(twilio, connection, cancel);
      const sentences = reach.map(({ sentence }) => sentence);
      const read = reach.filter(({ reached }) => reached).length;
      return { read, areas: reach.length, summary: summarize(reach, connection), sentences };
    },
    preview,
    background,
  });
  const traffic = createTraffic({ session, clock, log, extensionUri: context.extensionUri });
  const imports = createImportLogs({
    extensionUri: context.extensionUri,
    now: clock.now,
    guard: (work) => guarded(work, log),
    async importer() {
      const { createImportStore } = await import('./adapters/evidence/ingest/importStore.ts');
      const worker = vscode.Uri.joinPath(context.extensionUri, 'dist', 'logWorker.js').fsPath;
      return createImportStore({ folder: path.join(context.globalStorageUri.fsPath, 'imports'), worker, clock });
    },
  });
  const refreshTree = () => view.tree?.refresh();
  const choose: Parameters<typeof createContainment>[0]['pickTargets'] = (action, open) =>
    pickTargets(action, open, clock);
  const containment = createContainment({
    session,
    preview,
    recorder,
    clock,
    newId,
    pickTargets: choose,
    refreshTree,
    background,
  });
  const rows = createRowCommands(view);
  const incidentCommands = createIncidentCommands({
    session,
    incidents,
    recorder,
    store: incidentStore,
    clock,
    newId,
  });

  const handlers: Handlers = {
    signIn: accounts.signIn,
    importCliProfile: accounts.importCliProfile,
    openDemo: accounts.openDemo,
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
    openInConsole: rows.openInConsole,
    showTraffic: () => traffic.show(),
    undoContainment: containment.undo,
    startIncident: incidentCommands.start,
    openIncident: incidentCommands.open,
    closeIncident: incidentCommands.close,
    createRca: () =>
      createIncidentRca({
        session,
        incidents,
        begin: incidentCommands.begin,
        store: incidentStore,
        clock,
        traffic: traffic.latest,
        async render(facts) {
          const [{ toMarkdown }, { createRca }] = await Promise.all([
            import('./adapters/markdown.ts'),
            import('./core/rca/createRca.ts'),
          ]);
          return toMarkdown(createRca(facts));
        },
      }),
    showLog: () => log.show(),
  };
  const contain = Object.fromEntries(
    actions.map((action): [string, Handler] => [action.id, (node) => containment.contain(action, node)]),
  );

  context.subscriptions.push(
    log,
    session,
    view,
    preview,
    traffic,
    imports,
    createDecorations(),
    incidents,
    createStatusBar(session, incidents),
    registerCommands({ ...handlers, ...contain }, view.owns, log),
  );
  context.subscriptions.push(store.onDidChangeSecret((id) => background(() => accounts.secretChanged(id))));
  background(() => start(context, accounts));
  background(incidentCommands.restore);
  // Tests in a real VS Code bring a simulator of their own; outside tests there is no way to name one.
  return context.extensionMode === vscode.ExtensionMode.Test
    ? { session, view, connect, journalFolder, incidents }
    : undefined;
}

/** Opens what the window should show: the demo in a workspace made for it, else the account used last. */
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
  if (isDemo) await accounts.openDemo();
  else await accounts.restore();
}
