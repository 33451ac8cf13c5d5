import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { EvidenceStore } from './core/evidence/evidenceStore.ts';
import type { OpenIncident } from './core/evidence/incidentStore.ts';
import type { Connection } from './core/model/connection.ts';
import type { Cancellation, Clock } from './core/ports.ts';
import { createAnchors } from './ui/anchors.ts';
import { createConnectionStore } from './ui/connectionStore.ts';
import type { RcaWriter } from './ui/rca/writer.ts';
import type { OpenConnection, Session } from './ui/session.ts';

type Route = import('./adapters/twilio/route.ts').Route;
type Detect = import('./core/traffic/before.ts').Detect;
type Detected = import('./core/traffic/detected.ts').Detected;
type DetectTask = import('./adapters/evidence/detect/detectTask.ts').DetectTask;
type ValidateIncidentOptions = import('./adapters/evidence/validate/validateIncident.ts').ValidateIncidentOptions;
type IncidentTrafficOptions = import('./adapters/evidence/incidentIndex.ts').IncidentTrafficOptions;

/** Where the demo of a workspace is kept, so that a reload goes on with it. */
const demoKey = 'demo';

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
  const store = createConnectionStore(context);
  const anchors = createAnchors(context.secrets, log, (bytes) => randomBytes(bytes).toString('hex'));
  const indexes = path.join(storage, 'incidents');
  const imports = path.join(storage, 'imports');
  const worker = vscode.Uri.joinPath(context.extensionUri, 'dist', 'logWorker.js').fsPath;
  const validator = vscode.Uri.joinPath(context.extensionUri, 'dist', 'validateWorker.js').fsPath;
  const detector = vscode.Uri.joinPath(context.extensionUri, 'dist', 'detectWorker.js').fsPath;
  const pageScript = vscode.Uri.joinPath(context.extensionUri, 'dist', 'pageWorker.js').fsPath;
  const mode = () => session.mode;
  /** One for this window: its writers know of each other through it. */
  let evidenceStore: Promise<EvidenceStore> | undefined;

  async function connect(
    connection: Connection,
    secret: string,
    route: Route = { kind: 'twilio' },
    demoStandby?: string,
  ): Promise<OpenConnection> {
    const [{ createTwilio }, { createAccountJournal }, { delay }, { createChangeLock }] = await Promise.all([
      import('./adapters/twilio/createTwilio.ts'),
      import('./adapters/evidence/accountJournal.ts'),
      import('./adapters/twilio/delay.ts'),
      import('./adapters/changeLock.ts'),
    ]);
    const { account } = connection;
    const standby = connection.demo ? demoStandby : await store.keptToken(connection, account);
    const twilio = createTwilio({
      connection,
      secret,
      mode,
      route,
      clock,
      random: Math.random,
      delay,
      log,
      pageScript,
      keep: (handed) => store.keep(connection, handed),
      ...(standby !== undefined && { standby }),
    });
    const journal = createAccountJournal({ folder: path.join(journalFolder, account), account, anchors, clock });
    const exclusively = createChangeLock({ folder: path.join(storage, 'changes', account), account, delay });
    return { connection, twilio, files: twilio.files, journal, exclusively, dispose: () => twilio.dispose() };
  }

  /** The demo as it was left in this workspace, a reload of the window included; `anew` forgets that one. */
  async function openDemo(anew = false): Promise<OpenConnection> {
    const [{ demoCredential }, { continueDemo }] = await Promise.all([
      import('./simulator/demo.ts'),
      import('./simulator/continuedDemo.ts'),
    ]);
    const { workspaceState } = context;
    const recorded = anew ? undefined : workspaceState.get(demoKey);
    const { simulator, began, token, secondaryToken } = await continueDemo({ now: clock.now, recorded }, (record) =>
      background(async () => workspaceState.update(demoKey, record)),
    );
    const stop = () => background(() => simulator.stop());
    const { accountSid: account, name } = demoCredential;
    const demo: Connection = { id: 'demo', name, account, credential: { kind: 'authToken' }, demo: true };
    try {
      const open = await connect(demo, token, { kind: 'simulator', port: simulator.port }, secondaryToken);
      const dispose = () => {
        open.dispose();
        stop();
      };
      return { ...open, began, dispose };
    } catch (reason) {
      stop();
      throw reason;
    }
  }

  return {
    connect,
    openDemo,
    journalFolder,
    home: homedir(),
    async readCliProfiles() {
      const { readCliProfiles } = await import('./adapters/cliProfiles.ts');
      return readCliProfiles(path.join(homedir(), '.twilio-cli', 'config.json'));
    },
    async incidentStore() {
      const { createIncidentStore } = await import('./adapters/evidence/incidentStore.ts');
      return createIncidentStore({ anchors, clock });
    },
    async evidenceStore() {
      evidenceStore ??= import('./adapters/evidence/evidenceStore.ts').then(({ createEvidenceStore }) =>
        createEvidenceStore({ clock, indexes, imports }),
      );
      return evidenceStore;
    },
    /** The traffic in an incident's evidence, with what the detector says of it. */
    async incidentTraffic(incident: OpenIncident, options: IncidentTrafficOptions) {
      const { detectedTraffic } = await import('./adapters/evidence/detect/detectedTraffic.ts');
      return detectedTraffic(incident, { folder: indexes, worker, detector, clock }, options);
    },
    /** What the detector says of rows that were read from Twilio. */
    async detectRows(...[series, window, cancel]: Parameters<Detect>) {
      const { inThread } = await import('./adapters/evidence/detect/inThread.ts');
      return inThread<DetectTask, Detected>(detector, { kind: 'rows', series, window }, cancel);
    },
    /** What the indicators say of an incident's evidence. */
    async checkIncident(incident: OpenIncident, options: ValidateIncidentOptions) {
      const { validateIncident } = await import('./adapters/evidence/validate/validateIncident.ts');
      return validateIncident(incident, validator, options);
    },
    /** One row of an incident's evidence, by the file and line it lies in. */
    async evidenceRow(incident: OpenIncident, ref: string) {
      const { evidenceRow } = await import('./adapters/evidence/validate/validateIncident.ts');
      return evidenceRow(incident, ref);
    },
    /** Exports evidence of incidents from this store. */
    async evidenceExporter({ rows }: EvidenceStore) {
      const [{ createExporter }, { sources }] = await Promise.all([
        import('./adapters/evidence/export/createExporter.ts'),
        import('./core/evidence/sources.ts'),
      ]);
      return createExporter({
        rows,
        keyOf: ({ source, row }) => sources.find(({ id }) => id === source)?.key(row),
        version: String(context.extension.packageJSON.version),
        clock,
      });
    },
    async delay(milliseconds: number, cancel?: Cancellation) {
      const { delay } = await import('./adapters/twilio/delay.ts');
      return delay(milliseconds, cancel);
    },
    async logImporter() {
      const [{ createImportStore }, { detectedImports }] = await Promise.all([
        import('./adapters/evidence/ingest/importStore.ts'),
        import('./adapters/evidence/detect/detectedImports.ts'),
      ]);
      return detectedImports(createImportStore({ folder: imports, worker, clock }), detector);
    },
    /** Writes documents of an incident. */
    async rcaWriter(): Promise<RcaWriter> {
      const [{ toMarkdown }, { toHtml }, { sha256 }, { sealBlocks }, { drawTraffic }] = await Promise.all([
        import('./adapters/markdown.ts'),
        import('./adapters/markdownHtml.ts'),
        import('./adapters/evidence/sha256.ts'),
        import('./core/rca/blocks.ts'),
        import('./webview/drawTraffic.ts'),
      ]);
      return {
        sha256,
        bytes: (text) => new TextEncoder().encode(text),
        markdown: (document) => sealBlocks(toMarkdown(document), sha256),
        figure: drawTraffic,
        html: toHtml,
      };
    },
  };
}
