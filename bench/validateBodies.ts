/**
 * Groups a million bodies into templates, and counts the facts of as many messages. Two kinds of account: one that sends a few templates, and one
 * whose every text has names and words of its own. Argument: how many, 1,000,000 when absent.
 */
import type { CapturedRow } from '../src/core/evidence/evidenceStore.ts';
import { accountSid } from '../src/core/model/sid.ts';
import { createTemplates } from '../src/core/smishing/templates.ts';
import { gatherFacts } from '../src/core/validate/facts.ts';
import { defaultThresholds } from '../src/core/validate/thresholds.ts';
import { fill } from '../src/simulator/generate/bodies.ts';
import { below, pick, stream } from '../src/simulator/random.ts';

const bodies = Number(process.argv[2] ?? 1_000_000);
const random = stream(1, 'bodies');
const usual = [
  '{code} is your {brand} code. It expires in 10 minutes.',
  '{brand}: order {order} has left our warehouse and should arrive on {day}.',
  'Twilio: your account was locked after an unusual sign-in. Confirm within 24 hours: https://twillio-support.com/v/{token}',
];
const syllables = 'ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu'.split(' ');
const word = (): string => pick(random, syllables) + pick(random, syllables) + pick(random, syllables);

const few = Array.from({ length: bodies }, () => fill(pick(random, usual), 'Contoso', random));
const many = Array.from(
  { length: bodies },
  () => `Hi ${word()} ${word()}, ${word()} ${word()} says ${word()} ${word()}: see you at ${below(random, 24)}:00`,
);

const fewTimes = timed(few);
const manyTimes = timed(many);
const result = {
  bodies,
  few_s: fewTimes.wall,
  few_cpu_s: fewTimes.cpu,
  many_s: manyTimes.wall,
  many_cpu_s: manyTimes.cpu,
  facts_s: 0,
  facts_cpu_s: 0,
  facts_mb: 0,
};

/** Seconds by the clock, and of processor time: what other programs take meanwhile is in the first alone. */
function timed(all: readonly string[]): { readonly wall: number; readonly cpu: number } {
  const [began, used] = [performance.now(), process.cpuUsage()];
  const templates = createTemplates();
  for (const body of all) templates.add(body);
  return { wall: rounded((performance.now() - began) / 1000), cpu: cpuSince(used) };
}

function cpuSince(used: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(used);
  return rounded((user + system) / 1e6);
}

const account = accountSid(`AC${'1'.repeat(32)}`);
if (account === undefined) throw new Error('no account');
const end = Date.parse('2026-11-21T00:00:00Z');

function* rows(of: NonNullable<typeof account>): Generator<CapturedRow> {
  for (const [line, body] of few.entries()) {
    const at = new Date(end - Math.floor((line / bodies) * 28 * 86_400_000)).toISOString();
    const to = `+1202${String(5_000_000 + below(random, 4_000_000))}`;
    const row = {
      sid: `SM${line}`,
      direction: 'outbound-api',
      status: 'delivered',
      from: '+15005550006',
      to,
      body,
      price: '-0.0079',
      date_created: at,
      date_sent: at,
    };
    yield { source: 'messages', account: of, row, file: 'evidence/messages-0001.jsonl.gz', line };
  }
}

const before = process.memoryUsage();
const began = performance.now();
const usedBefore = process.cpuUsage();
const facts = await gatherFacts({
  rows: rows(account),
  read: [],
  thresholds: defaultThresholds,
  now: end,
  pause: () => Promise.resolve(),
});
result.facts_s = rounded((performance.now() - began) / 1000);
result.facts_cpu_s = cpuSince(usedBefore);
const after = process.memoryUsage();
result.facts_mb = Math.round((after.arrayBuffers - before.arrayBuffers) / 2 ** 20);
console.log(
  `${facts.messages.out.rows} messages, ${facts.messages.templates.length - 1} templates, ${facts.surges.length} surges`,
);
console.log(`RESULT ${JSON.stringify(result)}`);

function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
