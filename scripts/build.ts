/** Bundles the extension: `dist/extension.js` and lazy chunks for the host, one script per webview. */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, context } from 'esbuild';
import { lazyGroups } from './lazyGroups.ts';
import { toolkitCsp } from './toolkitCsp.ts';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  target: 'es2024',
};

const host: BuildOptions = {
  ...shared,
  // The others are what threads run: one reads imported logs, one judges evidence, one detects in it.
  entryPoints: {
    extension: 'src/extension.ts',
    logWorker: 'src/adapters/evidence/ingest/worker.ts',
    validateWorker: 'src/adapters/evidence/validate/worker.ts',
    detectWorker: 'src/adapters/evidence/detect/worker.ts',
  },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  format: 'esm',
  splitting: true,
  external: ['vscode'],
  plugins: [lazyGroups(root)],
  // The SDK would load axios on start; requests leave through our own socket file alone.
  alias: { axios: './src/adapters/twilio/noAxios.ts' },
  // CommonJS packages inside an ES module need a `require`.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
};

const webview: BuildOptions = {
  ...shared,
  entryPoints: { traffic: 'src/webview/main.ts' },
  outdir: 'dist/webview',
  platform: 'browser',
  format: 'iife',
  plugins: [toolkitCsp],
};

if (process.argv.includes('--watch')) {
  for (const options of [host, webview]) await (await context({ ...options, minify: false, sourcemap: true })).watch();
} else {
  if (existsSync(path.join(root, 'dist'))) rmSync(path.join(root, 'dist'), { recursive: true });
  await Promise.all([build(host), build(webview)]);
}
