import path from 'node:path';
import { type Finding, findingsOf } from '../src/core/traffic/detect/finding.ts';
import { blockName } from '../src/core/traffic/detect/prefixes.ts';
import { readAttempts } from './analyze/attempts.ts';
import { logFilesIn } from './analyze/files.ts';
import { type LogRows, readMessages } from './analyze/messages.ts';
import { seriesFrom } from './analyze/series.ts';

// What is out of the ordinary in exported message logs: node scripts/analyze.ts DIR [--json] [--attempts FILE]
// DIR holds BulkExport files (.json.gz), JSON of the API or the CLI, or CSV. --attempts adds Verify attempts, from which conversion is known.
// Needs no account, changes nothing. Ends with 0 whether or not there is a finding, with 2 when nothing could be read.
const args = process.argv.slice(2);
const json = args.includes('--json');
const attemptsAt = args.indexOf('--attempts');
const attemptsFile = attemptsAt < 0 ? undefined : args.splice(attemptsAt, 2)[1];
const [folder, ...more] = args.filter((arg) => arg !== '--json');
if (
  folder === undefined ||
  more.length > 0 ||
  folder.startsWith('--') ||
  (attemptsAt >= 0 && attemptsFile === undefined)
)
  end('Usage: npm run -s analyze -- DIR [--json] [--attempts FILE]');

const files = await logFilesIn(folder, attemptsFile).catch((reason: unknown) =>
  end(`${folder} cannot be read: ${String(reason)}`),
);
if (files.length === 0)
  end(`There is no log in ${folder}: files that end in .json, .jsonl, .ndjson or .csv, also packed (.gz), are read.`);
const log: LogRows = await readMessages(files).catch((reason: unknown) =>
  end(String(reason instanceof Error ? reason.message : reason)),
);
for (const { file, problem } of log.problems) console.error(`${path.basename(file)}: ${problem}`);
if (log.messages.length === 0) end('No outbound message was found in these files.');
const attempts =
  attemptsFile === undefined
    ? []
    : await readAttempts(attemptsFile).catch((reason: unknown) =>
        end(`${attemptsFile} cannot be read: ${String(reason)}`),
      );
const { series, start, end: last } = seriesFrom(log.messages, attempts);
const findings = findingsOf({ series, start, end: last });
if (json) console.log(JSON.stringify(findings.map(asJson), null, 1));
else for (const { onset, sentence } of findings) console.log(`${iso(onset)}  ${sentence}`);

function asJson(one: Finding): Record<string, unknown> {
  const { onset, end, detected, cost, blocks, interval, p, q, ...rest } = one;
  return {
    ...rest,
    onset: iso(onset),
    end: iso(end),
    detected: iso(detected),
    expected: rounded(one.expected),
    excess: rounded(one.excess),
    decades: rounded(one.decades),
    interval,
    p,
    q,
    cost: cost.total / 1e6,
    excess_cost: cost.excess / 1e6,
    rated_messages: cost.rated,
    currency: log.currencies.get(one.account) ?? 'XXX',
    blocks: blocks.map((block) => ({ block: blockName(block), ...block })),
  };
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000', '');
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function end(problem: string): never {
  console.error(problem);
  process.exit(2);
}
