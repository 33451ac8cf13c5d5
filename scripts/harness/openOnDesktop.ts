import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../setup/cacheFolder.ts';
import { root, run } from '../setup/toolchain.mjs';

/** Opens the extension in a new window of the desktop VS Code, with settings and extensions of its own. */
export async function openOnDesktop(code: string, workspace: string): Promise<void> {
  // In the cache and not beside the checkout: VS Code puts a socket in there, whose path may not be long.
  const profile = path.join(cacheFolder(), 'desktop');
  mkdirSync(profile, { recursive: true });
  const args = [
    '--new-window',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${path.join(profile, 'user-data')}`,
    `--extensions-dir=${path.join(profile, 'extensions')}`,
    `--extensionDevelopmentPath=${root}`,
    '--disable-workspace-trust',
    workspace,
  ];
  const shell = process.platform === 'win32'; // `code` is a .cmd there, which only a shell can start
  const quoted = shell ? args.map((arg) => `"${arg}"`) : args;
  const exitCode = await run(shell ? `"${code}"` : code, quoted, { shell });
  if (exitCode !== 0)
    throw new Error(`${code} ended with code ${exitCode}. To use the browser instead: npm start -- --browser`);
  console.log('Opened the demo incident in a new VS Code window.');
}
