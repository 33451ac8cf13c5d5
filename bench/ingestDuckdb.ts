import { createRequire } from 'node:module';
import path from 'node:path';
import { dialPrefixes } from '../src/core/traffic/dialPrefixes.ts';
import { report, side } from './ingestSide.ts';

/** What is used of the peer, which is not installed with the project. */
interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRowObjectsJS(): Record<string, unknown>[] }>;
  closeSync(): void;
}
interface Peer {
  DuckDBInstance: {
    create(
      file: string,
      options: Record<string, string>,
    ): Promise<{ connect(): Promise<Connection>; closeSync(): void }>;
  };
}

// DuckDB on two threads: the same files into a table with country and block, the same questions. It does not look for repeated messages.
const { files, folder } = side();
const { DuckDBInstance }: Peer = createRequire(path.join(process.argv[4] ?? '', 'package.json'))('@duckdb/node-api');
const file = path.join(folder, 'logs.duckdb');
const open = async () => {
  const instance = await DuckDBInstance.create(file, { threads: '2' });
  return { instance, db: await instance.connect() };
};

const prefixes = dialPrefixes
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [country, ...all] = line.split(' ');
    return all.map((prefix) => ({ prefix, country }));
  });
const lengths = [...new Set(prefixes.map(({ prefix }) => prefix.length))].toSorted((a, b) => b - a);
const { instance, db } = await open();
await db.run(
  `create table prefixes as select * from (values ${prefixes.map(({ prefix, country }) => `('${prefix}', '${country}')`).join(',')}) as p(prefix, country)`,
);
const list = files.map((name) => `'${name}'`).join(',');
const source = files[0]?.endsWith('.csv')
  ? `(select AccountSid account_sid, Sid sid, Status status, Direction direction, ErrorCode error_code, Price price, NumSegments num_segments, SentDate date_sent,
      null::timestamp date_created, null::timestamp date_updated, "To" "to"
    from read_csv([${list}], header = true, delim = ',', quote = '"', escape = '"', columns = {"From": 'varchar', "To": 'varchar', Body: 'varchar', Status: 'varchar',
      SentDate: 'timestamp', ApiVersion: 'varchar', NumSegments: 'varchar', ErrorCode: 'varchar', AccountSid: 'varchar', Sid: 'varchar', Direction: 'varchar',
      Price: 'varchar', PriceUnit: 'varchar'}))`
  : `read_json([${list}], format = 'newline_delimited', columns = {
    body: 'varchar', num_segments: 'varchar', date_updated: 'timestamp', direction: 'varchar', "from": 'varchar', date_sent: 'timestamp', "to": 'varchar', price: 'varchar',
    error_code: 'varchar', account_sid: 'varchar', sid: 'varchar', date_created: 'timestamp', status: 'varchar'})`;
await db.run(`create table messages as
  select m.sid, m.account_sid, m.status, m.direction, m.error_code::integer as error_code, abs(m.price::decimal(18,6)) as price, m.num_segments::utinyint as num_segments,
    coalesce(m.date_sent, m.date_created) as time, m.date_updated, left(m."to", -4) as block,
    coalesce(${lengths.map((length) => `p${length}.country`).join(', ')}, 'unknown') as country
  from ${source} m
  ${lengths.map((length) => `left join prefixes p${length} on p${length}.prefix = substr(m."to", 2, ${length})`).join('\n  ')}`);
await db.run('checkpoint');
db.closeSync();
instance.closeSync();

const reopening = performance.now();
const again = await open();
const asking = performance.now();
const groups = (
  await again.db.runAndReadAll(`select account_sid, country, date_trunc('hour', time) as hour, count(*)::double as messages, sum(price)::double as cost,
    count(*) filter (status in ('delivered', 'read'))::double as delivered, count(*) filter (status in ('failed', 'undelivered'))::double as failed,
    count(*) filter (error_code in (30450, 60410))::double as blocked
  from messages where direction like 'outbound%' group by all`)
).getRowObjectsJS();
const answered = performance.now();
const tops = (
  await again.db.runAndReadAll(
    `select account_sid, country, block, count(*)::double as messages from messages where direction like 'outbound%' group by all order by messages desc limit 20`,
  )
).getRowObjectsJS();
const [all] = (await again.db.runAndReadAll('select count(*)::double as rows from messages')).getRowObjectsJS();

report({
  rows: Number(all?.['rows']),
  outbound: groups.reduce((sum, { messages }) => sum + Number(messages), 0),
  cost: groups.reduce((sum, { cost }) => sum + Number(cost), 0),
  topBlock: Number(tops[0]?.['messages']),
  queryMs: answered - asking,
  reopenMs: answered - reopening,
});
