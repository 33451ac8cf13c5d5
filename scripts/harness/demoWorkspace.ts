import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../setup/toolchain.mjs';

/** A workspace with this file opens the demo incident by itself. */
export const demoMarker = '.twilio-incident-demo';

/** Makes sure that the demo's workspace exists, by default .demo/workspace; what a person did in it stays. Returns the folder. */
export function ensureDemoWorkspace(folder = path.join(root, '.demo/workspace')): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, demoMarker), '', { flag: 'a' });
  return folder;
}

if (import.meta.main) ensureDemoWorkspace();
