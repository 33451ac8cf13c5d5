import { toMarkdown } from '../src/adapters/markdown.ts';
import type { ChainRecord } from '../src/core/evidence/record.ts';
import { findBlocks } from '../src/core/rca/blocks.ts';
import { evidenceIds } from '../src/core/rca/citations.ts';
import { createRca } from '../src/core/rca/createRca.ts';
import { citationsIn } from '../src/core/rca/lintEvidence.ts';
import type { FraudType } from '../src/core/validate/signal.ts';
import { drawTraffic } from '../src/webview/drawTraffic.ts';
import { withDemoIncident } from '../test/core/rca/demoRca.ts';
import { rcaOf } from './rca/incidents.ts';
import { timed } from './rca/million.ts';
import { countMany } from './rca/recipients.ts';
import { lackingIn, lackingOfMessages } from './rca/required.ts';
import { cases } from './validate/worlds.ts';

// How much of an RCA the evidence fills in, how much of it can be looked up, and how long it takes with a million messages.
//   node bench/rca.ts [--rows 1000000] [--seeds 1,2] [--all]
const rows = Number(argument('--rows')) || 1_000_000;
const seeds = (argument('--seeds') ?? '1').split(',').map(Number);
/** Each type, and two after a takeover; `--all` takes every story there is. */
const stories = [
  'pumping, blocked',
  'toll fraud, long calls',
  'takeover, Console session',
  'smishing',
  'pumping after takeover',
  'smishing after takeover',
];

const sums = { items: 0, filled: 0, statements: 0, linked: 0, incidents: 0 };
await withDemoIncident(async ({ facts, report, opened }) => {
  const drawn = drawTraffic(report);
  const text = toMarkdown(createRca({ ...facts, figures: drawn ? [drawn] : [] }));
  judge('demo', text, ['account-takeover', 'sms-pumping'], opened.journal.records);
});
for (const { name, types, world } of cases(seeds)) {
  const [type] = types;
  if (!type || !(process.argv.includes('--all') || stories.some((story) => name.startsWith(`${story} #`)))) continue;
  const { text, records } = await rcaOf(world, type);
  judge(name, text, types, records);
}
const { index, first, again, impatient, turn, memory, text } = await timed(rows);
add(`${rows} messages`, lackingOfMessages(text));
const many = 10 * rows;
const counted = await countMany(many);
const result = {
  filled: round(sums.filled / sums.items),
  linked: round(sums.linked / sums.statements),
  seconds: round(first),
  again_seconds: round(again),
  index_seconds: round(index),
  impatient_seconds: round(impatient),
  turn_ms: round(turn),
  memory_mib: Math.round(memory),
  recipients: { rows: many, ...counted, seconds: round(counted.seconds), memory: Math.round(counted.memory) },
  incidents: sums.incidents,
  statements: sums.statements,
  rows,
};
console.log(`RESULT ${JSON.stringify(result)}`);

function judge(name: string, text: string, types: readonly FraudType[], records: readonly ChainRecord[]): void {
  add(name, lackingIn(text, types));
  const { statements, unlinked } = linkedIn(text, records);
  sums.statements += statements;
  sums.linked += statements - unlinked.length;
  console.log(
    `${name}: ${statements - unlinked.length} of ${statements} statements linked${unlinked.length > 0 ? `, not: ${unlinked.join(' / ')}` : ''}.`,
  );
}

function add(name: string, { total, lacking }: ReturnType<typeof lackingIn>): void {
  sums.incidents += 1;
  sums.items += total;
  sums.filled += total - lacking.length;
  const not = lacking.length > 0 ? `, not: ${lacking.join(', ')}` : '';
  console.log(`${name}: ${total - lacking.length} of ${total} filled in${not}.`);
}

/** Statements of generated blocks (rows of tables, list items, the summing-up) whose citations all lead somewhere. */
function linkedIn(text: string, records: readonly ChainRecord[]) {
  const known = new Set([...evidenceIds(records).values(), ...records.map(({ seq }) => `J${seq}`)]);
  const stated = ['overview', 'attack', 'indicators', 'timeline', 'impact', 'containment', 'geo-review'];
  const statements = findBlocks(text)
    .blocks.filter(({ name }) => stated.includes(name))
    .flatMap(({ body }) => body.split('\n'))
    .filter((line) => /^(?:- |In the |\| (?!:?-))/.test(line))
    .filter((line) => !/^\| (?:Time|Country|Indicator|Sanitization)\b|not recorded yet \|$/.test(line));
  const unlinked = statements.filter((line) => {
    const cited = citationsIn(line);
    return cited.length === 0 || cited.some(({ id }) => !known.has(id));
  });
  return { statements: statements.length, unlinked };
}

function argument(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
