import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { toolkitCsp } from '../../scripts/toolkitCsp.ts';
import { contentSecurityPolicy, trafficHtml } from '../../src/ui/trafficHtml.ts';
import { type Theme, themes } from './themes.ts';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const nonce = '5f3a9c0e7b1d24680f1e2d3c4b5a6978';

/** The traffic page in a real browser, with the policy it ships with, and what the browser had to say about it. */
export interface TestPage {
  readonly page: Page;
  /** Violations of the policy, from the page's own events and from the console. */
  violations(): Promise<readonly string[]>;
  /** Anything else the console or an exception said. */
  readonly errors: readonly string[];
  /** Everything requested beside the page, its script and its style. */
  readonly requests: readonly string[];
  posted(): Promise<readonly unknown[]>;
  send(message: unknown): Promise<void>;
}

export interface Pages {
  open(theme?: Theme, size?: { width: number; height: number }): Promise<TestPage>;
  close(): Promise<void>;
}

/** Builds the script as the extension does and serves it on loopback; `cspSource` is that server. */
export async function startPages(): Promise<Pages> {
  const script = await bundle();
  const style = readFileSync(path.join(root, 'media', 'traffic.css'), 'utf8');
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const cspSource = `http://127.0.0.1:${port}`;
    const files: Record<string, readonly [type: string, body: string]> = {
      '/': ['text/html', trafficHtml({ nonce, cspSource, script: '/traffic.js', style: '/traffic.css' })],
      '/traffic.js': ['text/javascript', script],
      '/traffic.css': ['text/css', style],
    };
    const [type, body] = files[request.url ?? ''] ?? ['text/plain', ''];
    // The header holds the policy too, so that what runs before the page's own tag is under it as well.
    response.writeHead(body ? 200 : 204, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': contentSecurityPolicy({ nonce, cspSource }),
    });
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const browser = await launch();
  return {
    open: (theme = themes.dark, size = { width: 1100, height: 800 }) => openPage(browser, port, theme, size),
    async close() {
      await browser.close();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function bundle(): Promise<string> {
  const built = await build({
    absWorkingDir: root,
    entryPoints: ['src/webview/main.ts'],
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2024',
    logLevel: 'error',
    plugins: [toolkitCsp],
  });
  return built.outputFiles[0]?.text ?? '';
}

async function launch(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  try {
    return await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  } catch (error) {
    throw new Error(`These tests need Chromium: apt-get install chromium, or set CHROMIUM_PATH. ${String(error)}`);
  }
}

async function openPage(
  browser: Browser,
  port: number,
  theme: Theme,
  viewport: { width: number; height: number },
): Promise<TestPage> {
  const page = await browser.newPage({ viewport });
  const logged: string[] = [];
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) logged.push(message.text());
    else if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('dialog', (dialog) => {
    errors.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const { pathname, host } = new URL(request.url());
    if (host !== `127.0.0.1:${port}` || !['/', '/traffic.js', '/traffic.css', '/favicon.ico'].includes(pathname))
      requests.push(request.url());
  });
  await page.addInitScript(standIn, theme);
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.waitForFunction(() => Reflect.get(window, 'posted').length > 0);
  return {
    page,
    violations: async () => [...logged, ...(await page.evaluate(() => Reflect.get(window, 'violations')))],
    errors,
    requests,
    posted: () => page.evaluate(() => Reflect.get(window, 'posted')),
    async send(message) {
      await page.evaluate((data) => window.postMessage(data, '*'), message);
      await page.evaluate(async () => {
        const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
        do await frame();
        while (
          // Rows that cannot be seen yet come a few a frame.
          document.querySelector('.countries [aria-busy="true"]')
        );
        await frame();
      });
    },
  };
}

/** Runs in the page before its own script: VS Code's side of it, and traps for what must never run. */
function standIn({ kind, variables }: Theme): void {
  const violations: string[] = [];
  Reflect.set(window, 'violations', violations);
  document.addEventListener('securitypolicyviolation', (event) =>
    violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
  );
  const posted: unknown[] = [];
  Reflect.set(window, 'kept', undefined);
  Reflect.set(window, 'posted', posted);
  Reflect.set(window, 'executed', []);
  Reflect.set(window, 'acquireVsCodeApi', () => ({
    postMessage: (message: unknown) => void posted.push(JSON.parse(JSON.stringify(message))),
    getState: () => Reflect.get(window, 'kept'),
    setState: (next: unknown) => void Reflect.set(window, 'kept', next),
  }));
  document.addEventListener('DOMContentLoaded', () => {
    document.body.classList.add(kind);
    document.body.dataset['vscodeThemeKind'] = kind;
    for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
  });
}
