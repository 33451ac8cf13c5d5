import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { root } from './setup/toolchain.mjs';

/** Where the packaged extension goes unless asked otherwise. */
export const vsixPath = path.join(root, 'out/twilio-incident.vsix');

/** Builds the extension (package.json's `vscode:prepublish`) and packs what runs into a .vsix; returns its path. Needs no network. */
export async function packageExtension(file = vsixPath): Promise<string> {
  mkdirSync(path.dirname(file), { recursive: true });
  await createVSIX({
    cwd: root,
    packagePath: file,
    dependencies: false, // everything is bundled
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  return file;
}

if (import.meta.main) await packageExtension();
