import { spawn } from 'node:child_process';
import path from 'node:path';

/** The checkout this script lives in. */
export const root = path.resolve(import.meta.dirname, '../..');

/**
 * Where the `node` dev dependency keeps its executable. The tools need a newer Node than the one `npm start` may be running on.
 * @param {string} [checkout]
 * @returns {string}
 */
export function projectNode(checkout = root) {
  return path.join(checkout, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * The environment in which `node`, `vitest`, `tsc` and friends are the project's own.
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnvironment() {
  const folders = [path.dirname(projectNode()), path.join(root, 'node_modules/.bin')];
  // Windows spells the variable "Path"; writing a second "PATH" beside it would leave which one wins to chance.
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [name]: [...folders, process.env[name] ?? ''].join(path.delimiter) };
}

/**
 * How to start npm: the very npm that started us when there is one, else the one on PATH.
 * @param {string[]} args
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
export function npmCommand(args) {
  const cli = process.env['npm_execpath'];
  if (cli && /^npm-cli\.c?js$/.test(path.basename(cli)))
    return { command: process.execPath, args: [cli, ...args], shell: false };
  return { command: 'npm', args, shell: process.platform === 'win32' };
}

/**
 * Runs a command with this terminal and waits for it. Signals reach the child before we leave, so that it can tidy up.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 1 when a signal ended it
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    const forward = () => child.kill('SIGTERM');
    // Ctrl-C reaches the whole foreground group by itself; we only have to outlive the child.
    const wait = () => {};
    process.on('SIGTERM', forward).on('SIGINT', wait);
    const settle = () => process.off('SIGTERM', forward).off('SIGINT', wait);
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('close', (code) => {
      settle();
      resolve(code ?? 1);
    });
  });
}

/**
 * Runs one of the project's TypeScript scripts on the project's own Node.
 * @param {string} script path from the top of the checkout
 * @param {string[]} [args]
 * @param {NodeJS.ProcessEnv} [env] added to the environment
 * @returns {Promise<number>} its exit code
 */
export function runScript(script, args = [], env = {}) {
  return run(projectNode(), [path.join(root, script), ...args], { env: { ...toolEnvironment(), ...env } });
}
