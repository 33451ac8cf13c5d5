import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createCaptureWriter } from '../src/adapters/evidence/captureWriter.ts';
import { createTwilio } from '../src/adapters/twilio/createTwilio.ts';
import { delay } from '../src/adapters/twilio/delay.ts';
import { collectEvidence } from '../src/core/evidence/collect/collectEvidence.ts';
import { heldCaptures } from '../src/core/evidence/heldCaptures.ts';
import type { ChainRecord } from '../src/core/evidence/record.ts';
import { messages } from '../src/core/evidence/sources/messages.ts';
import { type Exchange, measured, now, pullAccount, report, token, window } from './pullSide.ts';

// Ours: the extension's transport, engine and writer, to files that are durable at the end.
const [port = '', folder = ''] = process.argv.slice(2);
const clock = { now: () => Date.now() };
const records: ChainRecord[] = [];
const journal = {
  records,
  readOnly: undefined,
  unsealed: 0,
  head: undefined,
  trimmed: undefined,
  async close() {},
  async append(entry: { type: string }) {
    records.push({ ...entry, seq: records.length + 1, at: new Date().toISOString(), prev: '', hash: '' });
  },
};
const exchanges: Exchange[] = [];
/** The transport's line about each request: `… HTTP 200 RQ… in 251 ms`. */
function note(line: string): void {
  const [, status, took] = /HTTP (\d+).* in (\d+) ms$/.exec(line) ?? [];
  const answered = performance.now();
  exchanges.push({ left: answered - Number(took), answered, refused: status === '429' });
}
const twilio = createTwilio({
  connection: { id: 'bench', name: 'Bench', account: pullAccount, credential: { kind: 'authToken' }, demo: true },
  secret: token,
  mode: () => 'read-only',
  route: { kind: 'simulator', port: Number(port) },
  pageScript: new URL('pageWorker.mjs', import.meta.url),
  clock,
  random: Math.random,
  delay,
  log: { info: note, error: note },
});
const writer = await createCaptureWriter({ folder, journal }, { clock });
const accounts = [{ account: pullAccount, name: 'Bench' }];
const parts = { main: pullAccount, window, now, held: [], writer, clock, delay };
const result = await collectEvidence(twilio, { sources: [messages], accounts, ...parts });
await writer.close();
const took = measured();
twilio.dispose();
if (result.outcomes.some(({ complete }) => !complete)) throw new Error(JSON.stringify(result.outcomes));

const files = heldCaptures(records).map(({ capture }) => path.join(folder, capture.file));
const sids = files.flatMap((file) =>
  gunzipSync(readFileSync(file))
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line): string => JSON.parse(line).sid),
);
report(took, sids, exchanges);
