import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Connection } from './core/model/connection.ts';
import { actions } from './core/registry.ts';
import { createAccounts } from './ui/accounts.ts';
import { createAccountsView } from './ui/accountsView.ts';
import { guarded, type Handler, type Handlers, registerCommands } from './ui/commands.ts';
import { createConnectionStore } from './ui/connectionStore.ts';
import { createContainment } from './ui/containment.ts';
import { createDecorations } from './ui/decorations.ts';
import { createIncidentRca } from './ui/incidents.ts';
import { switchMode } from './ui/mode.ts';
import { pickTargets } from './ui/pickTargets.ts';
import { createPlanPreview } from './ui/planPreview.ts';
import { createRowCommands } from './ui/rowCommands.ts';
import { createSession, type OpenConnection } from './ui/session.ts';
import { createStatusBar } from './ui/statusBar.ts';
import { createTraffic } from './ui/traffic.ts';

type Route = import('./adapters/twilio/route.ts').Route;

/** Puts the parts together. What is heavy (SDK, simulator, Markdown, panel) is imported when it is first used. */
export function activate(context: vscode.ExtensionContext) {
  const log = vscode.window.createOutputChannel('Twilio Incident', { log: true });
  const clock = { now: () => Date.now() };
  const newId = () => randomUUID();
  const session = createSession();
  const store = createConnectionStore(context);
  const view = createAccountsView(session, context.globalState, clock);
  const preview = createPlanPreview();
  const journalFolder = path.join(context.globalStorageUri.fsPath, 'journal');

  async function connect(
    connection: Connection,
    secret: string,
    route: Route = { kind: 'twilio' },
  ): Promise<OpenConnection> {
    const [{ createTwilio }, { createFileJournal }, { delay }] = await Promise.all([
      import('./adapters/twilio/createTwilio.ts'),
      import('./adapters/journal.ts'),
      import('./adapters/twilio/delay.ts'),
    ]);
    const mode = () => session.mode;
    const twilio = createTwilio({ connection, secret, mode, route, clock, random: Math.random, delay, log });
    const journal = createFileJournal(path.join(journalFolder, `${connection.account}.jsonl`));
    return { connection, twilio, journal, dispose: () => twilio.dispose() };
  }

  async function openDemo(): Promise<OpenConnection> {
    const [{ createDemoWorld, demoCredential }, { startSimulator }] = await Promise.all([
      import('./simulator/demo.ts'),
      import('./simulator/server/startSimulator.ts'),
    ]);
    const simulator = await startSimulator({ world: createDemoWorld({ now: clock.now }), latencyMs: 30 });
    const { accountSid: account, authToken } = demoCredential;
    const demo: Connection = {
      id: 'demo',
      name: demoCredential.name,
      account,
      credential: { kind: 'authToken' },
      demo: true,
    };
    const open = await connect(demo, authToken, { kind: 'simulator', port: simulator.port });
    return {
      ...open,
      dispose() {
        open.dispose();
        void simulator.stop();
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
    async describeReach({ twilio, connection }) {
      const { probe, summarize } = await import('./core/twilio/probe.ts');
      return summarize(await probe(twilio, connection), connection);
    },
  });
  const traffic = createTraffic({ session, clock, log, extensionUri: context.extensionUri });
  const refreshTree = () => view.tree?.refresh();
  const choose: Parameters<typeof createContainment>[0]['pickTargets'] = (action, open) =>
    pickTargets(action, open, clock);
  const background = (work: () => Promise<void>) => void guarded(work, log);
  const containment = createContainment({
    session,
    preview,
    clock,
    newId,
    pickTargets: choose,
    refreshTree,
    background,
  });
  const rows = createRowCommands(view);

  const handlers: Handlers = {
    signIn: accounts.signIn,
    importCliProfile: accounts.importCliProfile,
    openDemo: accounts.openDemo,
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
    createRca: () =>
      createIncidentRca({
        session,
        clock,
        newId,
        traffic: traffic.latest,
        async write(workspace, incident, facts) {
          const [{ createIncidentFolder }, { toMarkdown }, { createRca }] = await Promise.all([
            import('./adapters/incidentFolder.ts'),
            import('./adapters/markdown.ts'),
            import('./core/rca/createRca.ts'),
          ]);
          return createIncidentFolder(workspace, incident, { 'RCA.md': toMarkdown(createRca(facts)) });
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
    createDecorations(),
    createStatusBar(session),
    registerCommands({ ...handlers, ...contain }, view.owns, log),
  );
  void guarded(() => start(context, accounts), log);
  // Tests in a real VS Code bring a simulator of their own; outside tests there is no way to name one.
  return context.extensionMode === vscode.ExtensionMode.Test ? { session, view, connect, journalFolder } : undefined;
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
