import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** Days the rows are spread over, one file each as BulkExport has them. */
const days = 30;
/** People in each country who get messages, again and again. */
const customers = 3000;
const firstDay = Date.UTC(2026, 9, 21);

/** Countries by how much they get: dial prefix, digits after it, price. */
const countries = [
  ['1415', 7, 0.0079],
  ['1212', 7, 0.0079],
  ['4479', 8, 0.04],
  ['4915', 9, 0.0756],
  ['336', 8, 0.0798],
  ['3466', 7, 0.0781],
  ['5511', 9, 0.0599],
  ['9198', 8, 0.0832],
  ['79581', 6, 0.7],
  ['99892', 7, 0.3],
] as const;
const others = Array.from({ length: 70 }, (_, n) => [String(201 + ((n * 37) % 790)), 9, 0.05 + n / 1000] as const);
const bodies = [
  'Your code is 482913. Do not share it with anybody. It is valid for ten minutes.',
  'Hi Dana, your order 4711 is ready. Pick it up until Friday 18:00 at the counter. Reply STOP to opt out.',
  'Reminder: appointment tomorrow at 09:30. Reply \\"1\\" to confirm, \\"2\\" to move it. Caf\\u00e9 is open from 8.',
  'Winter sale: 20 % off everything until Sunday, also online. https://shop.example/winter?utm=sms&c=2211 Reply STOP to opt out of these messages.',
];

/** As BulkExport writes messages, one gzip file a day; as the Console exports them, one plain file a day. */
export const formats = ['bulkexport', 'console-csv'] as const;
export type LogFormat = (typeof formats)[number];

/**
 * Message files for a bench: `rows` messages over 30 day files, the same bytes for the same number and format. Kept below `folder`;
 * made when they are not there.
 */
export function ingestFiles(folder: string, rows: number, format: LogFormat): readonly string[] {
  const target = path.join(folder, `${format}-${rows}`);
  if (!existsSync(target)) {
    const draft = `${target}.tmp`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true });
    for (let day = 0; day < days; day++) {
      const first = Math.floor((rows * day) / days);
      const end = Math.floor((rows * (day + 1)) / days);
      const name = new Date(firstDay + day * 86_400_000).toISOString().slice(0, 10);
      const file = path.join(draft, `${name}.${format === 'bulkexport' ? 'json.gz' : 'csv'}`);
      if (format === 'console-csv') writeFileSync(file, csvHeader);
      for (const lines of linesOf(day, first, end, format === 'bulkexport' ? jsonLine : csvLine))
        appendFileSync(file, format === 'bulkexport' ? gzipSync(lines, { level: 6 }) : lines);
    }
    renameSync(draft, target);
  }
  return readdirSync(target)
    .toSorted()
    .map((name) => path.join(target, name));
}

export function megabytes(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
}

/** Some at a time, so that a large day needs no large text; members of a gzip file may follow one another. */
function* linesOf(day: number, first: number, end: number, write: (message: Message) => string): Generator<string> {
  for (let from = first; from < end; from += 100_000) {
    const lines: string[] = [];
    for (let n = from; n < Math.min(end, from + 100_000); n++)
      lines.push(write(messageOf(day, n, (n - first) / (end - first))));
    yield lines.join('');
  }
}

type Message = ReturnType<typeof messageOf>;

function messageOf(day: number, n: number, share: number) {
  const random = createHash('md5').update(String(n)).digest();
  const luck = random.readUInt32LE(0);
  const [prefix, digits, price] =
    (luck % 10 < 7 ? countries[luck % 10] : others[(luck >>> 8) % others.length]) ?? others[0] ?? countries[0];
  const customer = random.readUInt32LE(4) % customers;
  const number = String((customer * 2_654_435_761) % 10 ** digits).padStart(digits, '0');
  const at = new Date(firstDay + day * 86_400_000 + Math.floor(share * 86_400) * 1000);
  const inbound = luck % 41 === 0;
  const blocked = luck % 97 === 3;
  const failed = luck % 13 === 5;
  return {
    body: bodies[luck % 4] ?? '',
    segments: 1 + (luck % 2),
    at: `${at.toISOString().slice(0, 19)}Z`,
    direction: inbound ? 'inbound' : 'outbound-api',
    from: `+1415555${String(luck % 10_000).padStart(4, '0')}`,
    to: `+${prefix}${number}`,
    price: blocked ? undefined : `-${price.toFixed(5)}`,
    error: blocked ? 30450 : failed ? 30003 + (luck % 6) : undefined,
    service: luck % 3 !== 0,
    account: createHash('md5')
      .update(`account ${luck % 6}`)
      .digest('hex'),
    sid: random.toString('hex'),
    status: inbound ? 'received' : blocked ? 'failed' : failed ? 'undelivered' : 'delivered',
  };
}

function jsonLine(message: Message): string {
  const { body, segments, at, direction, from, to, price, error, service, account, sid, status } = message;
  return `{"body":"${body}","num_segments":${segments},"date_updated":"${at}","direction":"${direction}","from":"${from}","date_sent":"${at}","to":"${to}","price":${price ? `"${price}"` : null},"error_code":${error ?? null},"num_media":0,"messaging_service_sid":${service ? `"MG${account}"` : 'null'},"account_sid":"AC${account}","sid":"SM${sid}","date_created":"${at}","status":"${status}"}\n`;
}

const csvHeader =
  'From,To,Body,Status,SentDate,ApiVersion,NumSegments,ErrorCode,AccountSid,Sid,Direction,Price,PriceUnit\n';
const csvBodies = new Map(bodies.map((body) => [body, String(JSON.parse(`"${body}"`)).replaceAll('"', '""')]));

function csvLine({ body, segments, at, direction, from, to, price, error, account, sid, status }: Message): string {
  return `${from},${to},"${csvBodies.get(body)}",${status},${at},2010-04-01,${segments},${error ?? ''},AC${account},SM${sid},${direction},${price ?? ''},USD\n`;
}
