import { type ChildProcess, execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { CodeServer } from '../setup/codeServer.ts';
import type { Profile } from './profile.ts';

/** A running VS Code server on loopback. */
export interface Server {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Everything it wrote so far. */
  log(): string;
  /** Resolves when it ends, wished for or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** 0 lets the system choose. */
  readonly port?: number;
  /** Lets the page load an extension from a folder and run tests in it. VS Code then hides notification toasts. */
  readonly development?: boolean;
  /** Opens folders in Restricted Mode until they are trusted. */
  readonly restricted?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

/** Puts a packaged extension into a profile. */
export async function installVsix(codeServer: CodeServer, profile: Profile, vsix: string): Promise<void> {
  const args = [...profileArguments(codeServer, profile), '--install-extension', vsix, '--force'];
  await promisify(execFile)(codeServer.node, args, { env: serverEnvironment() });
}

/** The ids of the extensions installed in a profile. */
export async function listExtensions(codeServer: CodeServer, profile: Profile): Promise<string[]> {
  const args = [...profileArguments(codeServer, profile), '--list-extensions'];
  const { stdout } = await promisify(execFile)(codeServer.node, args, { env: serverEnvironment() });
  return stdout.split('\n').filter((line) => /^[\w-]+\.[\w-]+$/.test(line));
}

/** Starts VS Code for a profile and waits until it listens. It ends with this process, however this process ends. */
export async function startServer(
  codeServer: CodeServer,
  profile: Profile,
  options: ServerOptions = {},
): Promise<Server> {
  const args = [
    ...profileArguments(codeServer, profile),
    ...[
      '--bind-addr',
      `127.0.0.1:${options.port ?? 0}`,
      '--auth',
      'none',
      '--disable-telemetry',
      '--disable-update-check',
    ],
    ...['--disable-getting-started-override', '--ignore-last-opened'],
    ...(options.restricted ? [] : ['--disable-workspace-trust']),
    // A built VS Code ignores extensionDevelopmentPath in the page's address unless its smoke-test driver is on.
    ...(options.development ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
  const child = spawn(codeServer.node, [path.join(import.meta.dirname, 'leash.mjs'), codeServer.node, ...args], {
    env: { ...serverEnvironment(), ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true, // a process group of its own, so that stop() reaches the extension host and the watchers too
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let log = '';
  const origin = await new Promise<string>((resolve, reject) => {
    const fail = (what: string): void => {
      clearTimeout(timer);
      signalGroup(child, 'SIGKILL');
      const taken =
        log.includes('EADDRINUSE') && `Port ${options.port} is in use: choose another with PORT, or leave PORT out.`;
      reject(new Error(taken || `VS Code's server ${what}:\n${log.slice(-4000)}`));
    };
    const timer = setTimeout(() => fail('did not listen within a minute'), 60_000);
    const read = (chunk: Buffer): void => {
      log += chunk.toString();
      const listening = /HTTP server listening on (http:\/\/[\d.]+:\d+)/.exec(log);
      if (!listening?.[1]) return;
      clearTimeout(timer);
      resolve(listening[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('exit', (code) => fail(`ended with code ${code}`));
  });
  return { origin, log: () => log, ended, stop: () => stop(child, ended) };
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 3000);
  await ended;
  clearTimeout(timer);
  signalGroup(child, 'SIGKILL'); // whatever the server left behind
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!child.pid) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // the whole group is gone already
  }
}

function profileArguments(codeServer: CodeServer, profile: Profile): string[] {
  return [
    codeServer.entry,
    ...['--config', path.join(profile.folder, 'config.yaml')],
    ...['--user-data-dir', profile.folder, '--extensions-dir', profile.extensions],
  ];
}

/** Our environment without what would steer code-server: its own variables, and those of a VS Code terminal we may be running in. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(PORT|PASSWORD|HASHED_PASSWORD|NODE_OPTIONS|ELECTRON_.*|CODE_SERVER_.*|CS_.*|VSCODE_(?!TEST_).*)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
