import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { npmCommand, projectNode, root, run } from './toolchain.mjs';

const minimumNode = 20;

/**
 * Makes node_modules what package-lock.json says, and only then: a tree that already fits is left alone, whoever installed it.
 * Ends the process with a sentence when it cannot.
 * @param {string} [checkout]
 */
export async function ensureDependencies(checkout = root) {
  if (Number(process.versions.node.split('.')[0]) < minimumNode) {
    stop(
      `Node ${process.versions.node} is too old to set this up: install Node ${minimumNode} or newer, then run the command again.`,
    );
  }
  if (isInstalled(checkout)) return;
  await withLock(path.join(checkout, '.cache/install.lock'), async () => {
    if (isInstalled(checkout)) return; // somebody else did it while we waited
    console.log('Installing the dependencies (npm ci)…');
    const npm = npmCommand(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
    const code = await run(npm.command, npm.args, { cwd: checkout, shell: npm.shell });
    if (code !== 0) stop(`npm ci failed with code ${code}; its own message is above. Nothing was built or started.`);
    if (!isInstalled(checkout)) {
      stop(
        'npm ci ended well but node_modules is incomplete: are install scripts or optional packages switched off in your npm settings?',
      );
    }
  });
}

/**
 * Whether node_modules holds what the lockfile asks for. npm writes node_modules/.package-lock.json last, so an interrupted
 * installation does not count; the project's own Node is made by an install script, so a tree without scripts does not either.
 * @param {string} checkout
 * @returns {boolean}
 */
export function isInstalled(checkout) {
  const installed = packages(path.join(checkout, 'node_modules/.package-lock.json'));
  if (!installed || !existsSync(projectNode(checkout))) return false;
  const wanted = packages(path.join(checkout, 'package-lock.json')) ?? {};
  return Object.entries(wanted).every(([where, want]) => {
    const have = installed[where];
    if (where === '') return true;
    return have ? have.version === want.version : Boolean(want.optional || want.devOptional || want.peer);
  });
}

/**
 * @param {string} file a package-lock.json
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }> | undefined}
 */
function packages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
