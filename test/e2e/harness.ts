import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { inject } from 'vitest';
import { launchBrowser, newContext } from '../../scripts/harness/browser.ts';
import { ensureDemoWorkspace } from '../../scripts/harness/demoWorkspace.ts';
import { createProfile, type Profile, type Settings } from '../../scripts/harness/profile.ts';
import { startServer } from '../../scripts/harness/server.ts';
import { workbenchUrl } from '../../scripts/harness/workbenchUrl.ts';
import { root } from '../../scripts/setup/toolchain.mjs';

export interface WorkbenchOptions {
  readonly settings?: Settings;
  /** A folder to open. Default: a fresh empty one. `'none'` opens a window without a folder. */
  readonly workspace?: string;
  /** Puts the demo's marker into the workspace, so that the extension opens the demo incident by itself. */
  readonly marker?: boolean;
  /** The folder is not trusted. */
  readonly restricted?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

/** A VS Code window with the packaged extension installed, and a user of its own. */
export interface Workbench {
  readonly page: Page;
  readonly profile: Profile;
  /** The opened folder; the empty string without one. */
  readonly workspace: string;
  /** Errors on the page's console so far, content-security violations among them. */
  readonly consoleErrors: readonly string[];
  close(): Promise<void>;
}

const open = new Set<Workbench>();
let browser: Promise<Browser> | undefined;

/** Opens a VS Code window and waits until it can be used. Whatever a test leaves open is closed after its file. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const { codeServer, extensions, chromium } = inject('workbench');
  browser ??= launchBrowser(chromium);
  const trust = options.restricted ? { 'security.workspace.trust.startupPrompt': 'never' } : {};
  const profile = createProfile({ extensions, settings: { ...trust, ...options.settings } });
  const workspace = options.workspace === 'none' ? '' : (options.workspace ?? profile.workspace);
  if (options.marker && workspace) ensureDemoWorkspace(workspace);
  const { env, restricted = false } = options;
  const server = await startServer(codeServer, profile, { restricted, ...(env && { env }) });
  const context = await newContext(await browser, server);
  const page = await context.newPage();
  const consoleErrors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(message.text());
  });
  const workbench: Workbench = {
    page,
    profile,
    workspace,
    consoleErrors,
    close: async () => {
      if (!open.delete(workbench)) return;
      await context.close();
      await server.stop();
      profile.remove();
    },
  };
  open.add(workbench);
  await page.goto(workbenchUrl(server, workspace ? { folder: workspace } : {}), { waitUntil: 'commit' });
  await page.locator('.monaco-workbench .activitybar .action-item').first().waitFor({ timeout: 60_000 });
  return workbench;
}

/** Closes every window and the browser. */
export async function closeAll(): Promise<void> {
  for (const workbench of [...open]) await workbench.close();
  await (await browser)?.close();
  browser = undefined;
}

/** Saves what every open window shows, under a name made from `name`. */
export async function screenshotAll(name: string): Promise<void> {
  let index = 0;
  for (const { page } of open) await screenshot(page, index++ === 0 ? name : `${name}-${index}`);
}

/** Saves what the page shows as artifacts/screenshots/NAME.png. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = path.join(root, 'artifacts/screenshots');
  mkdirSync(folder, { recursive: true });
  const file = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 100);
  await page.screenshot({ path: path.join(folder, `${file}.png`) });
}
