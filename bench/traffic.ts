import { reportOfHours } from '../src/adapters/evidence/ingest/reportFromIndex.ts';
import { createHourGrid } from '../src/core/traffic/countGrid.ts';
import type { CountryOrBucket } from '../src/core/traffic/country.ts';
import { dialTrie } from '../src/core/traffic/country.ts';
import { reportSteps } from '../src/core/traffic/importedReport.ts';
import { type LogColumns, unpriced } from '../src/core/traffic/logColumns.ts';
import { type Choice, createPanelState } from '../src/core/traffic/panelState.ts';
import { startPages } from '../test/webview/page.ts';

// How long the panel takes to show an index of many messages, and to answer: first counts by hour from the index' grid, then ranges from its rows; the detector's findings come
// last and are no part of this. The panel's state grows with countries and hours, not with messages. Of
// what the host does the processor's time is given too, which does not count what else the machine does.
//   node bench/traffic.ts [--rows 10000000]
const rows = Number(process.argv[process.argv.indexOf('--rows') + 1]) || 10_000_000;
const now = Date.UTC(2026, 10, 21, 9, 36);
const [accounts, countries, blocks, errors] = [5, 80, 6000, 2];
const hour = 3_600_000;

const columns = indexOf(rows);
const summary = { rows, superseded: 0, bad: { count: 0, first: [] }, files: [] };

// As an import writes it beside the rows.
const builder = createHourGrid(columns, 1e8);
builder.add(columns, rows, undefined);
const grid = builder.result();
// What is painted first is counted from the grid, without a look at the rows.
let begin = timer();
const hours = reportOfHours({ lists: columns, grid, summary }, now);
if (!hours) throw new Error('the grid answers nothing');
const answering = begin();

begin = timer();
const steps = reportSteps(columns, summary, now, grid);
let longest = 0;
let made = steps.next();
for (let last = performance.now(); !made.done; made = steps.next()) {
  const at = performance.now();
  longest = Math.max(longest, at - last);
  last = at;
}
const report = made.value;
const counting = begin();

const stateOf = createPanelState();
const all: Choice = { account: undefined, country: undefined };
const judging = { ...all, judging: true };
begin = timer();
const early = stateOf(hours, judging, undefined, undefined);
const state = begin();
const bytes = JSON.stringify(early).length;

const pages = await startPages();
const test = await pages.open(undefined, { width: 1400, height: 1000 });
const cpu = await pageCpu();
const paint = await painted(early);
const first = stateOf(report, all, undefined, undefined);
const ranges = await painted(first);

// Whatever a person does: the host makes the state anew, the page draws it.
const took: { readonly host: Time; readonly page: Time }[] = [];
for (let i = 0; i < 60; i++) {
  const country = first.rows[(i * 7) % first.rows.length]?.country;
  const from = report.window.from + (i % 120) * hour;
  const chosen: Choice =
    [
      { ...all, country },
      { ...all, country, span: { from, to: from + 30 * hour } },
      { ...all, country, span: 'week' as const },
      { ...all, account: report.accounts[i % report.accounts.length]?.account },
    ][i % 4] ?? all;
  begin = timer();
  const next = stateOf(report, chosen, undefined, undefined);
  const host = begin();
  took.push({ host, page: await painted(next) });
}
await pages.close();

const result = {
  rows,
  counting_ms: Math.round(counting.clock),
  counting_cpu_ms: Math.round(counting.cpu),
  longest_step_ms: Math.round(longest),
  first_paint_ms: Math.round(answering.clock + state.clock + paint.clock),
  grid_ms: Math.round(answering.clock),
  grid_cpu_ms: Math.round(answering.cpu),
  state_cpu_ms: Math.round(state.cpu),
  page_ms: Math.round(paint.clock),
  page_cpu_ms: Math.round(paint.cpu),
  ranges_page_ms: Math.round(ranges.clock),
  state_bytes: bytes,
  countries: first.rows.length,
  interaction_ms: quantile(0.5, ({ host, page }) => host.clock + page.clock),
  interaction_p95_ms: quantile(0.95, ({ host, page }) => host.clock + page.clock),
  interaction_page_cpu_ms: quantile(0.5, ({ page }) => page.cpu),
  interaction_host_cpu_ms: quantile(0.5, ({ host }) => host.cpu),
};
console.log(
  `${rows.toLocaleString('en-US')} messages: first paint ${result.first_paint_ms} ms (the grid answers in ${result.grid_ms}, the state is made in ${Math.round(state.clock)}, the page draws in ${result.page_ms}), ranges of numbers counted ${result.counting_ms} ms later (${result.counting_cpu_ms} of the processor), an interaction ${result.interaction_ms} ms (${result.interaction_host_cpu_ms} + ${result.interaction_page_cpu_ms} of the processor), 95 % within ${result.interaction_p95_ms} ms; the state is ${bytes.toLocaleString('en-US')} bytes`,
);
console.log(`RESULT ${JSON.stringify(result)}`);

/** Milliseconds by the clock, and of the processor. */
interface Time {
  readonly clock: number;
  readonly cpu: number;
}

function timer(): () => Time {
  const [begun, used] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(used);
    return { clock: performance.now() - begun, cpu: (user + system) / 1000 };
  };
}

function quantile(part: number, of: (one: (typeof took)[number]) => number): number {
  const sorted = took.map(of).sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length * part)] ?? 0);
}

/** Makes what tells how many milliseconds of the processor the page's own thread has taken. */
async function pageCpu(): Promise<() => Promise<number>> {
  const session = await test.page.context().newCDPSession(test.page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN);
  };
}

/** From the message to the end of the frame that shows it. The body is brought to the page before, as that is the work of the browser's remote control. */
async function painted(body: unknown): Promise<Time> {
  await test.page.evaluate((data) => void Reflect.set(window, 'next', data), { type: 'state', body });
  const before = await cpu();
  const clock = await test.page.evaluate(
    () =>
      new Promise<number>((done) => {
        const at = performance.now();
        window.addEventListener(
          'message',
          () => {
            // The page's own listener ran before this one; a task posted in the frame runs when it is drawn.
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = () => done(performance.now() - at);
              port2.postMessage(0);
            });
          },
          { once: true },
        );
        window.postMessage(Reflect.get(window, 'next'), '*');
      }),
  );
  return { clock, cpu: (await cpu()) - before };
}

/** Messages of eight days in order of time, an attack on one country in the last hours. */
function indexOf(count: number): LogColumns {
  const names = dialTrie().countries.filter((one): one is CountryOrBucket => /^[A-Z]{2}$/.test(one));
  const numbers = { time: new Uint32Array(count), price: new Uint32Array(count), block: new Uint32Array(count) };
  const account = new Uint16Array(count);
  const country = new Uint8Array(count);
  const error = new Uint16Array(count);
  const status = new Uint8Array(count);
  const end = Math.floor(now / 1000);
  const span = 8 * 86_400;
  let seed = 1;
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  for (let row = 0; row < count; row++) {
    const attacked = row > count * 0.97 && random() < 0.7;
    const where = attacked ? countries - 1 : Math.floor(countries * random() ** 3);
    numbers.time[row] = end - span + Math.floor((row / count) * span);
    numbers.price[row] = random() < 0.1 ? unpriced : 40_000;
    numbers.block[row] = attacked ? blocks - 1 - (row % 2) : (where * 71 + Math.floor(random() * 60)) % blocks;
    account[row] = attacked ? 1 : row % accounts;
    country[row] = where;
    error[row] = attacked && random() < 0.3 ? 1 : 0;
    status[row] = random() < 0.95 ? 0 : 1;
  }
  return {
    rows: count,
    ...numbers,
    account,
    country,
    error,
    status,
    currency: new Uint8Array(count),
    direction: new Uint8Array(count),
    segments: new Uint8Array(count).fill(1),
    blocks: Float64Array.from({ length: blocks }, (_, n) => Number(`1${4_900_000 + n}`)),
    errors: [0, 30450].slice(0, errors),
    accounts: Array.from({ length: accounts }, (_, n) => `AC${String(n + 1).repeat(32)}`),
    countries: names.slice(0, countries),
    statuses: ['delivered', 'undelivered'],
    currencies: ['USD'],
    directions: ['outbound-api'],
  };
}
