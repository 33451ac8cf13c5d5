import path from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { ensureChromium } from '../setup/chromium.ts';
import { ensureCodeServer } from '../setup/codeServer.ts';
import { root } from '../setup/toolchain.mjs';
import { launchBrowser, newContext } from './browser.ts';
import { createProfile, type Settings } from './profile.ts';
import { type Server, startServer } from './server.ts';
import { workbenchUrl } from './workbenchUrl.ts';

export interface InHostRun {
  readonly developmentPaths: readonly string[];
  /** A CommonJS module with `run(): Promise<void>`. */
  readonly testsPath: string;
  /** The folder to open; none opens an empty one. */
  readonly workspace?: string;
  readonly settings?: Settings;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the run counts as hanging. */
  readonly budgetMs?: number;
  /** Gets every line the tests write, and the page they run behind. Default: to our own output. */
  readonly onLine?: (line: string, kind: string, page: Page) => void;
  /** Stops the run from outside. */
  readonly signal?: AbortSignal;
}

const failures: Readonly<Record<number, string>> = {
  70: 'the extension host died before the tests ended',
  86: 'the page crashed',
  87: 'the browser ended',
  124: 'no result in time',
  130: 'interrupted',
};

/**
 * Loads extensions from their folders into a VS Code without a window and runs a tests module in its extension host.
 * Resolves to the exit code: 0 passed, 1 a test failed or the module could not be loaded, 70 the host died, 86 the page crashed,
 * 87 the browser ended, 124 no result in time, 130 stopped from outside. Nothing is left running.
 */
export async function runInHost(run: InHostRun): Promise<number> {
  const codeServer = await ensureCodeServer();
  const chromium = await ensureChromium();
  const profile = createProfile(run.settings ? { settings: run.settings } : {});
  const tests = path.resolve(run.testsPath);
  const server = await startServer(codeServer, profile, {
    development: true,
    env: { ...run.env, HARNESS_TESTS_PATH: tests },
  }).catch((error: unknown) => {
    profile.remove();
    throw error;
  });
  try {
    const browser = await launchBrowser(chromium);
    try {
      const page = await (await newContext(browser, server)).newPage();
      const result = Promise.withResolvers<number>();
      browser.on('disconnected', () => result.resolve(87));
      page.on('crash', () => result.resolve(86));
      run.signal?.addEventListener('abort', () => result.resolve(130));
      return await watch(run, page, server, profile.workspace, result);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
    profile.remove();
  }
}

async function watch(
  run: InHostRun,
  page: Page,
  server: Server,
  emptyFolder: string,
  result: PromiseWithResolvers<number>,
): Promise<number> {
  const noise: string[] = [];
  let done = false;
  let said = false;
  const onLine = run.onLine ?? ((line, kind) => (kind === 'error' ? console.error(line) : console.log(line)));
  // VS Code calls these two functions of its page when they exist.
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    const text = format(...args);
    const marked = /^\u2063(\w+)\u2063(.*)$/s.exec(text);
    if (marked?.[1] === 'done') done = true;
    else if (marked && isNews(text)) {
      said = true;
      onLine(marked[2] ?? '', marked[1] ?? 'log', page);
    } else noise.push(`${type}: ${text}`);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => result.resolve(code));
  const timer = setTimeout(() => result.resolve(124), run.budgetMs ?? 480_000);
  const target = {
    folder: path.resolve(run.workspace ?? emptyFolder),
    developmentPaths: run.developmentPaths.map((folder) => path.resolve(folder)),
    testsPath: path.join(import.meta.dirname, 'shim.cjs'),
  };
  await page.goto(workbenchUrl(server, target), { waitUntil: 'commit' });
  let code = await result.promise;
  clearTimeout(timer);
  if (code === 0 && !done) {
    await page.waitForTimeout(1000); // the last line may still be on its way
    if (!done) code = 70;
  }
  if (code !== 0 && code !== 130) {
    const shot = path.join(root, 'artifacts/screenshots/in-host-failed.png');
    await page.screenshot({ path: shot }).catch(() => {}); // the page may be what broke
    console.error(
      `In-host run: ${failures[code] ?? 'a test failed, or the tests could not be loaded'} (code ${code}).`,
    );
    // Failing tests tell their own story; everything else needs VS Code's.
    if (code !== 1 || !said) console.error(noise.filter(isNews).slice(-40).join('\n'), server.log().slice(-2000));
  }
  return code;
}

/** VS Code's optional log module is not built here, and it says so at every start. */
function isNews(line: string): boolean {
  return !/bindings file|spdlog/.test(line);
}
