import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { json, noMessages, serve } from './loopback.ts';

/** Bundles a script as the extension is bundled, with the stand-in for axios, and gives what it prints. */
async function run(script: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'no-axios-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await build({
    stdin: { contents: script, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    splitting: true,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    alias: { axios: './src/adapters/twilio/noAxios.ts' },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  const done = promisify(execFile)(process.execPath, [join(folder, 'stdin.mjs')]);
  const { stdout, stderr } = await done.catch((failed: { stdout: string; stderr: string }) => failed);
  return stdout + stderr;
}

it('sends requests through the SDK without axios', async () => {
  const { port, seen } = await serve((_seen, response) => json(response, noMessages));
  const printed = await run(`
    import { createTwilio } from './src/adapters/twilio/createTwilio.ts';
    const account = 'AC' + '1'.repeat(32);
    const twilio = createTwilio({
      connection: { id: 'c', name: 'n', account, credential: { kind: 'authToken' }, demo: true },
      secret: 'c0ffee00c0ffee00', mode: () => 'read-only', route: { kind: 'simulator', port: ${port} },
      clock: { now: () => 0 }, random: () => 0, delay: async () => {}, log: { info() {}, error() {} },
    });
    console.log('status', (await twilio.page({ operation: 'listMessages', account })).status);
    twilio.dispose();
  `);
  expect(printed).toBe('status 200\n');
  expect(seen).toHaveLength(1);
});

it('does not load the SDK when the transport is made', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { createRequire } from 'node:module';
     await import('./src/adapters/twilio/createTwilio.ts');
     const { cache } = createRequire(import.meta.url);
     const loaded = () => Object.keys(cache).filter((path) => path.includes('/twilio/lib/')).length;
     const before = loaded();
     await import('twilio/lib/base/BaseTwilio.js');
     console.log(before, loaded() > 0);`,
  ]);
  expect(stdout.trim()).toBe('0 true');
});

it('stops whoever would use axios', async () => {
  const printed = await run(`import Client from 'twilio/lib/base/RequestClient.js'; new Client();`);
  expect(printed).toContain('axios is not part of this extension');
});
