import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** One way to break a promise on purpose, and the test that must find it. */
export interface Sabotage {
  readonly name: string;
  readonly file: string;
  /** Texts that stand in the file exactly once, one after the other, and what takes their place. */
  readonly edits: readonly (readonly [from: string, to: string])[];
  readonly test: { readonly file: string; readonly name: string };
}

const applyTests = 'test/core/contain/apply.test.ts';
const sending = '    sent = { ...(await sendAll(action, swept, requests, context.twilio)), ...sent };\n';
const recording = '    const recorded = await record(intent(plan, item, [...swept, ...requests], pass));\n';

/** What a test suite for this must notice. A change of the code that one of them is about has to be followed here. */
export const sabotages: readonly Sabotage[] = [
  {
    name: 'a record is not flushed',
    file: 'src/adapters/evidence/appender.ts',
    edits: [['      await file.flush();\n', '']],
    test: {
      file: 'test/adapters/evidence/journalFaults.test.ts',
      name: 'a record is flushed before it is acknowledged, and so is the name of a new journal',
    },
  },
  {
    name: 'the request is sent before its intent is recorded',
    file: 'src/core/contain/applyItem.ts',
    edits: [
      [sending, ''],
      [recording, `${sending}${recording}`],
    ],
    test: {
      file: applyTests,
      name: 'what is shown is what is sent, and in this order: read, record the intent, send, read back, record the outcome',
    },
  },
  {
    name: 'windows do not wait for each other',
    file: 'src/adapters/changeLock.ts',
    edits: [['const lock = await takeWriterLock(', 'const lock = { release: async () => {} }; void (']],
    test: {
      file: 'test/adapters/changeLock.test.ts',
      name: 'four windows that start the same plan at once change each target once',
    },
  },
  {
    name: 'HTTP 200 is taken for success',
    file: 'src/core/contain/applyItem.ts',
    edits: [
      [
        '  if (holds(live, item.wanted)) {\n    const unheard',
        '  if (sent.failure === undefined || holds(live, item.wanted)) {\n    const unheard',
      ],
    ],
    test: { file: applyTests, name: 'a success that changed nothing is refused' },
  },
  {
    name: 'compressed replies are read by fetch',
    file: 'src/adapters/twilio/readReply.ts',
    edits: [
      ['    const { buffer, engine } = await decode(wire, limits);\n', '    return await fetched(wire, encoding);\n'],
      ["    return engine.bytesWritten === wire.length ? buffer : 'encoding';\n", ''],
      [
        'const smallestPiece = 2 ** 14;\n',
        `const smallestPiece = 2 ** 14;

async function fetched(wire: Buffer, encoding: string): Promise<Buffer> {
  const { createServer } = await import('node:http');
  const headers = { 'Content-Encoding': encoding, 'Content-Length': wire.length };
  const server = createServer((_, response) => response.writeHead(200, headers).end(wire));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const reply = await fetch(\`http://127.0.0.1:\${port}\`, { headers: { Connection: 'close' } });
  const body = Buffer.from(await reply.arrayBuffer());
  server.close();
  return body;
}
`,
      ],
    ],
    test: { file: 'test/adapters/twilio/faults.test.ts', name: 'refuses a gzip stream without its last byte' },
  },
  {
    name: 'nothing is read back',
    file: 'src/core/contain/applyItem.ts',
    edits: [
      [
        '  let live = await read();\n',
        '  let live: Live = { state: { ...item.before, ...item.wanted }, readings: {} };\n',
      ],
    ],
    test: { file: applyTests, name: 'a result that cannot be read back is unknown, never done' },
  },
];

const root = path.resolve(import.meta.dirname, '../..');

/** The file's text with the edits made. Throws, naming the sabotage, when a text does not stand there exactly once. */
export function sabotaged({ name, file, edits }: Sabotage, text: string): string {
  return edits.reduce((now, [from, to]) => {
    const places = now.split(from).length - 1;
    if (places !== 1)
      throw new Error(`“${name}” no longer applies: ${file} holds ${places} times ${JSON.stringify(from)}`);
    return now.replace(from, () => to);
  }, text);
}

/** A copy of the sources and tests that can be spoilt. */
export function copyOfTheTree(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'sabotage-'));
  for (const part of [
    'src',
    'scripts',
    'test',
    'package.json',
    'tsconfig.json',
    'tsconfig.base.json',
    'vitest.config.ts',
  ])
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
}

/** How the named test ends in the copy with the sabotage and without. */
export function tried(sabotage: Sabotage, copy: string): { readonly whole: string; readonly spoilt: string } {
  const file = path.join(copy, sabotage.file);
  const text = readFileSync(file, 'utf8');
  const spoilt = sabotaged(sabotage, text);
  const whole = ended(sabotage, copy);
  try {
    writeFileSync(file, spoilt);
    return { whole, spoilt: ended(sabotage, copy) };
  } finally {
    writeFileSync(file, text);
  }
}

/** `passed`, `failed`, or `not run` for a test that is not there or whose file cannot be loaded. */
function ended({ test }: Sabotage, copy: string): string {
  const report = path.join(copy, 'report.json');
  rmSync(report, { force: true });
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const only = `${test.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;
  const options = ['run', test.file, '-t', only, '--reporter=json', `--outputFile=${report}`];
  spawnSync(process.execPath, [vitest, ...options], { cwd: copy, stdio: 'ignore' });
  const { testResults }: Report = JSON.parse(readFileSync(report, 'utf8'));
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  return results.find(({ title }) => title === test.name)?.status ?? 'not run';
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}
