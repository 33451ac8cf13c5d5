import type { TestProject } from 'vitest/node';
import { createProfile } from '../../scripts/harness/profile.ts';
import { installVsix } from '../../scripts/harness/server.ts';
import { packageExtension } from '../../scripts/package.ts';
import { ensureChromium } from '../../scripts/setup/chromium.ts';
import { type CodeServer, ensureCodeServer } from '../../scripts/setup/codeServer.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What every UI test starts from. */
    workbench: { readonly codeServer: CodeServer; readonly chromium: string; readonly extensions: string };
  }
}

/** Once for all UI tests: the programs, and a folder of extensions in which the packaged extension is installed. */
export async function setup(project: TestProject): Promise<() => void> {
  const codeServer = await ensureCodeServer();
  const chromium = await ensureChromium();
  const vsix = process.env['VSIX'] ?? (await packageExtension());
  const profile = createProfile();
  await installVsix(codeServer, profile, vsix);
  project.provide('workbench', { codeServer, chromium, extensions: profile.extensions });
  return () => profile.remove();
}
