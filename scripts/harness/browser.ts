import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import type { Server } from './server.ts';

/** Starts a Chromium without a window. It ends with this process. */
export function launchBrowser(executablePath: string): Promise<Browser> {
  const root = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      ...(root ? ['--no-sandbox'] : []), // Chromium's sandbox refuses to run as root
      ...['--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}

/** A blank browser user who may use the clipboard of the workbench; without that right `env.clipboard` never answers. */
export async function newContext(browser: Browser, server: Server): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
  return context;
}
