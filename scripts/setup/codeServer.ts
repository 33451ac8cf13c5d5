import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './cacheFolder.ts';
import { withLock } from './lock.mjs';
import { npmCommand, run } from './toolchain.mjs';

const codeServerVersion = '4.139.1'; // VS Code 1.139.1
const nodeVersion = '24.21.0'; // the Node this code-server asks for

/** An installed code-server: VS Code's workbench and its real Node extension host, served to a browser. */
export interface CodeServer {
  /** The Node executable it runs on. */
  readonly node: string;
  /** The script that Node starts. */
  readonly entry: string;
}

/** Whether code-server runs on this kind of machine. Its npm package has no Windows build, Alpine has no glibc. */
export function supportsCodeServer(): boolean {
  return ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(`${process.platform}-${process.arch}`);
}

/**
 * Installs code-server from the npm registry into the user's cache, once. Safe against other processes doing the same and against being
 * interrupted: the folder gets its name only when it is complete. About 800 MB; half a minute to a minute with an empty npm cache.
 */
export async function ensureCodeServer(): Promise<CodeServer> {
  if (!supportsCodeServer()) {
    throw new Error(`There is no code-server for ${process.platform}-${process.arch}: use a desktop VS Code instead.`);
  }
  const folder = path.join(cacheFolder(), `code-server-${codeServerVersion}-node-${nodeVersion}`);
  if (!isComplete(folder)) {
    await withLock(`${folder}.lock`, async () => {
      if (!isComplete(folder)) await install(folder);
    });
  }
  return { node: nodeIn(folder), entry: path.join(folder, 'node_modules/code-server/out/node/entry.js') };
}

const isComplete = (folder: string): boolean => existsSync(path.join(folder, '.ok'));
const nodeIn = (folder: string): string => path.join(folder, 'node_modules', nodePackage(), 'bin/node');

function nodePackage(): string {
  const stem = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${stem}-${process.platform}-${process.arch}`;
}

async function install(folder: string): Promise<void> {
  console.log(
    `Installing VS Code ${codeServerVersion.replace(/^4/, '1')} (code-server) into ${path.dirname(folder)}, once…`,
  );
  mkdirSync(path.dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}.draft-`);
  try {
    writeFileSync(path.join(draft, 'package.json'), '{ "private": true }\n');
    await npmInstall(draft, [`code-server@${codeServerVersion}`, `${nodePackage()}@${nodeVersion}`]);
    // The package brings VS Code without its dependencies and fetches them in a script that also compiles modules nobody needs here.
    const vscode = path.join(draft, 'node_modules/code-server/lib/vscode');
    const env = { ...process.env, PATH: `${path.dirname(nodeIn(draft))}${path.delimiter}${process.env['PATH'] ?? ''}` };
    await npmInstall(vscode, ['--omit=dev'], env);
    await npmInstall(path.join(vscode, 'extensions'), ['--omit=dev'], env);
    writeFileSync(path.join(draft, '.ok'), '');
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function npmInstall(cwd: string, what: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<void> {
  // No scripts: every native module it needs comes prebuilt.
  const npm = npmCommand([
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--loglevel=error',
    ...what,
  ]);
  const code = await run(npm.command, npm.args, { cwd, env, shell: npm.shell, stdio: ['ignore', 'ignore', 'inherit'] });
  if (code !== 0) {
    throw new Error(
      `npm could not install ${what[0]} (code ${code}): is the npm registry reachable? Nothing half-done was kept; run the command again.`,
    );
  }
}
