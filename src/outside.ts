import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Connection } from './core/model/connection.ts';
import type { Clock } from './core/ports.ts';
import type { RcaFacts } from './core/rca/facts.ts';
import { createAnchors } from './ui/anchors.ts';
import type { OpenConnection, Session } from './ui/session.ts';

type Route = import('./adapters/twilio/route.ts').Route;

export interface OutsideParts {
  readonly context: vscode.ExtensionContext;
  readonly session: Session;
  readonly clock: Clock;
  readonly log: vscode.LogOutputChannel;
  readonly background: (work: () => Promise<void>) => void;
}

/**
 * The outside world as the UI gets it. Part of the composition root: the only file that knows adapters and simulator. Each is
 * imported when it is first used, so that activation loads none of them.
 */
export function createOutside({ context, session, clock, log, background }: OutsideParts) {
  const storage = context.globalStorageUri.fsPath;
  const journalFolder = path.join(storage, 'journal');
  const anchors = createAnchors(context.secrets, log);
  const mode = () => session.mode;

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
    const { accountSid: account, authToken, name } = demoCredential;
    const demo: Connection = { id: 'demo', name, account, credential: { kind: 'authToken' }, demo: true };
    try {
      const open = await connect(demo, authToken, { kind: 'simulator', port: simulator.port });
      const dispose = () => {
        open.dispose();
        stop();
      };
      return { ...open, dispose };
    } catch (reason) {
      stop();
      throw reason;
    }
  }

  return {
    connect,
    openDemo,
    journalFolder,
    async readCliProfiles() {
      const { readCliProfiles } = await import('./adapters/cliProfiles.ts');
      return readCliProfiles(path.join(homedir(), '.twilio-cli', 'config.json'));
    },
    async incidentStore() {
      const { createIncidentStore } = await import('./adapters/evidence/incidentStore.ts');
      return createIncidentStore({ anchors, clock });
    },
    async logImporter() {
      const { createImportStore } = await import('./adapters/evidence/ingest/importStore.ts');
      const worker = vscode.Uri.joinPath(context.extensionUri, 'dist', 'logWorker.js').fsPath;
      return createImportStore({ folder: path.join(storage, 'imports'), worker, clock });
    },
    /** The text of an RCA. */
    async renderRca(facts: RcaFacts) {
      const [{ toMarkdown }, { createRca }] = await Promise.all([
        import('./adapters/markdown.ts'),
        import('./core/rca/createRca.ts'),
      ]);
      return toMarkdown(createRca(facts));
    },
  };
}
