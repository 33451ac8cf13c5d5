import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type CommandId, commandId } from '../../src/core/manifest/commands.ts';
import { startSimulator } from '../../src/simulator/server/startSimulator.ts';
import { type Seen, serve } from '../adapters/twilio/loopback.ts';
import { smallWorld } from '../simulator/smallWorld.ts';
import { canaries, formsOf, spoiled } from './canaries.ts';
import { createFakeVscode, type Question } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({ module: {} as object }));
vi.mock('vscode', () => fake.module);

const src = fileURLToPath(new URL('../../src/adapters/evidence/', import.meta.url));

/** A folder for everything, with the threads' scripts where the packaged extension has them. */
async function folders() {
  const root = await mkdtemp(path.join(tmpdir(), 'twilio-incident-secrets-'));
  onTestFinished(() => rm(root, { recursive: true, maxRetries: 5 }));
  const at = (...names: string[]) => path.join(root, ...names);
  for (const name of ['workspace', 'storage', 'extension/dist', 'out']) await mkdir(at(name), { recursive: true });
  await writeFile(at('extension/package.json'), '{"type":"module"}');
  const threads = {
    logWorker: 'ingest',
    validateWorker: 'validate',
    detectWorker: 'detect',
    pageWorker: '../twilio/pages',
  };
  for (const [script, place] of Object.entries(threads))
    await writeFile(at(`extension/dist/${script}.js`), `await import(${JSON.stringify(`${src}${place}/worker.ts`)});`);
  return at;
}

/** Twilio with a secret in every place where one could come: each reply is the simulator's with canaries added. */
async function spoiledTwilio() {
  const world = smallWorld({ authToken: canaries.used });
  const simulator = await startSimulator({ world });
  onTestFinished(() => simulator.stop());
  const relay = async (one: Seen, response: ServerResponse): Promise<void> => {
    const headers = {
      'X-Original-Host': one.host,
      Authorization: one.authorization ?? '',
      'Accept-Encoding': 'identity',
    };
    const body = one.method === 'GET' ? {} : { body: one.body };
    const reply = await fetch(`${simulator.origin}${one.path}`, { method: one.method, headers, ...body });
    const { status, text } = spoiled(one.path, reply.status, await reply.text());
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(text);
  };
  const { port } = await serve((one, response) => void relay(one, response));
  return { port, world };
}

async function everyText(folder: string): Promise<readonly (readonly [name: string, text: string])[]> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  const found = await Promise.all(
    entries.map(async ({ parentPath, name }) => {
      const bytes = await readFile(path.join(parentPath, name));
      const files =
        bytes.subarray(0, 2).toString() === 'PK' ? Object.entries(unzipSync(bytes)) : [[name, bytes] as const];
      return files.map(([inner, content]) => {
        const plain = inner.endsWith('.gz') ? gunzipSync(content) : Buffer.from(content);
        return [inner, plain.toString('latin1')] as const;
      });
    }),
  );
  return found.flat();
}

test('twelve secrets in six encodings, through every command of an incident: none is in a file, a message, a row, a page or the log', async () => {
  const at = await folders();
  const { port, world } = await spoiledTwilio();
  let format = 0;
  let exported = 0;
  const answer = ({ kind, title, entries }: Question): unknown => {
    if (kind === 'pick' && title.includes('which form')) return entries[format];
    if (kind === 'save')
      return { scheme: 'file', path: at('out', `saved-${++exported}`), fsPath: at('out', `saved-${exported}`) };
    if (kind === 'open' && title.startsWith('Import'))
      return [{ scheme: 'file', fsPath: at('messages.jsonl'), path: '' }];
    if (kind === 'open') return [{ scheme: 'file', fsPath: at('out'), path: at('out') }];
    return undefined;
  };
  const vscode = createFakeVscode({ workspace: at('workspace'), answer });
  fake.module = vscode.module as object;
  const { activate } = await import('../../src/extension.ts');
  const context = vscode.contextFor(at('extension'), at('storage'));
  const api = activate(context as never);
  if (!api) throw new Error('no way in');
  const connection = { id: 'main', name: 'Acme', account: world.main, credential: { kind: 'authToken' }, demo: true };
  const open = await api.connect(connection as never, canaries.used, { kind: 'simulator', port });
  api.session.open(open);

  const run = async (id: CommandId) => {
    const before = vscode.told.length;
    await vscode.run(commandId(id));
    const said = vscode.told.slice(before).filter((one) => typeof one === 'string');
    expect(
      said.filter((one) => one.includes('unexpected')),
      `${id}: ${said.slice(-3).join(' ')}`,
    ).toEqual([]);
  };
  for (const id of ['startIncident', 'collectEvidence', 'validate', 'createRca', 'createSupportPacket'] as const)
    await run(id);
  await writeFile(at('messages.jsonl'), importedLines());
  for (const id of ['importLogs', 'showTraffic', 'showCollectedTraffic', 'showReach'] as const) await run(id);
  for (format = 0; format < 4; format += 1) await run('exportEvidence');
  // The person’s own file, not one that was written.
  await rm(at('messages.jsonl'));
  vscode.drawPanels();
  await wait(300);
  await vscode.drawTrees();
  await api.incidents.close();
  for (const one of context.subscriptions.toReversed()) one.dispose();
  open.dispose();

  const inFull = { depth: 12, maxArrayLength: 5000, maxStringLength: 1e6, showHidden: true };
  const shown = vscode.told.map((one) => (typeof one === 'string' ? one : inspect(one, inFull)));
  expect(shown.filter((text) => text.includes("type: 'state'")).length, 'pages').toBeGreaterThan(1);
  expect(shown.filter((text) => text.startsWith('TreeItem')).length, 'rows').toBeGreaterThan(50);
  expect(shown.filter((text) => /^list\w+ AC…/.test(text)).length, 'lines of the log').toBeGreaterThan(20);
  const files = await everyText(at());
  const names = files.map(([name]) => name);
  const written = [
    'RCA.md',
    'support-packet.md',
    'events.csv',
    'events.parquet',
    'manifest.json',
    'messages-0001.jsonl.gz',
  ];
  expect(written.filter((name) => !names.some((one) => one.endsWith(name)))).toEqual([]);
  const texts = [...files, ...shown.map((text) => ['what was shown', text] as const)];
  texts.push(['the connection', inspect([open, api], inFull)]);
  expect(findings(texts)).toEqual([]);
});

test('this test finds a secret that is there, in each encoding', () => {
  for (const [, form] of formsOf(Object.values(canaries)))
    expect(findings([['x', `before ${form} after`]])).not.toEqual([]);
});

/** A log that somebody put secrets into: a message with them, one that is no message, and one that is cut. */
function importedLines(): string {
  const { used: _, ...inFields } = canaries;
  const message = { to: '+7', direction: 'inbound', date_sent: '2026-11-20T10:00:00Z', nested: [inFields] };
  const [whole, strange] = [`SM${'7'.repeat(32)}`, 'AC'].map((sid) => JSON.stringify({ ...inFields, ...message, sid }));
  return `${whole}\n${strange}\n${strange?.slice(0, 300)}\n`;
}

/** Where a secret is, and what is around it. */
function findings(texts: readonly (readonly [name: string, text: string])[]): readonly string[] {
  const forms = formsOf(Object.values(canaries));
  return texts.flatMap(([name, text]) =>
    forms.flatMap(([, form]) => {
      const place = text.indexOf(form);
      return place < 0 ? [] : [`${name}: ${text.slice(Math.max(0, place - 60), place + 60)}`];
    }),
  );
}
