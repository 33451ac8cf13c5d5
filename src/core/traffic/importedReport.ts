import { span as length, utc } from '../model/age.ts';
import { accountSid, shortSid } from '../model/sid.ts';
import { createBlocks } from './blocks.ts';
import { createCountryHours } from './countryHours.ts';
import { gridHours } from './gridHours.ts';
import type { HourGrid } from './hourGrid.ts';
import { createImportedSegments } from './importedSegments.ts';
import type { LogColumns } from './logColumns.ts';
import { gapsOfImport, type ImportSummary } from './logImport.ts';
import { unnamedAccount, unnamedText } from './logRow.ts';
import { blockKey } from './numberBlock.ts';
import type { AccountTraffic, TrafficReport } from './report.ts';
import { firstHourOfLastDay, type TrafficTable } from './table.ts';
import { type BlockCount, createTopBlocks } from './topBlocks.ts';
import { type Window, windowEndingAt } from './window.ts';

export interface ImportedReport extends TrafficReport {
  /** From the first to the last message, epoch milliseconds; both `now` when there is none. */
  readonly imported: Window;
}

/** Rows counted without a pause: some milliseconds. */
const slice = 200_000;
const blocksPerCountry = 256;
/** Of so many blocks of an account and country it is also counted what they got before. */
const comparedBlocks = 32;

/**
 * The traffic of the seven days up to the newest imported message, in steps: run it to its end, and let others have their turn
 * between steps. Messages dated after `now` (epoch ms, a day of grace for clocks) are left out and said to be: one wrong date must not move
 * the window. With `grid`, what all rows add up to, `columns` may lack those outside the window, and only blocks of numbers are counted from them.
 */
export function* reportSteps(
  columns: LogColumns,
  summary: ImportSummary,
  now: number,
  grid?: HourGrid,
): Generator<void, ImportedReport, void> {
  const { rows, time } = columns;
  const latest = Math.floor((now + length.day) / 1000);
  let oldest = latest;
  let newest = 0;
  let future = 0;
  const known = grid !== undefined && grid.newest <= latest;
  if (known) ({ oldest, newest } = grid);
  for (let row = 0; row < rows && !known; row++) {
    const at = time[row] ?? 0;
    if (at > latest) future++;
    else {
      if (at > newest) newest = at;
      if (at < oldest) oldest = at;
    }
    if (row % slice === slice - 1) yield;
  }
  const window = windowEndingAt(newest > 0 ? newest * 1000 : now);
  const seconds = { from: window.from / 1000, to: window.to / 1000 };
  const answered = grid && gridHours(grid, columns, seconds);
  const hours = createCountryHours(columns, seconds);
  const lastDay = { from: seconds.from + firstHourOfLastDay * 3600, to: seconds.to };
  const blocks = createTopBlocks(columns, lastDay);
  const segments = createImportedSegments(columns, seconds);
  for (let row = 0; row < rows; row += slice) {
    const end = Math.min(rows, row + slice);
    blocks.add(row, end);
    yield;
    if (answered) continue;
    hours.add(row, end);
    yield;
    segments.add(row, end);
    yield;
  }
  const begins = oldest * 1000 > window.from + length.hour && rows > future ? oldest * 1000 : undefined;
  const perCountry = byPlace(blocks.result(blocksPerCountry));
  yield;
  const compared = new Set(
    [...perCountry.values()].flatMap((counts) => [...counts.keys()].slice(0, comparedBlocks)).map(blockKey),
  );
  const only = Uint8Array.from(columns.blocks, (key) => (compared.has(key) ? 1 : 0));
  const earlier = createTopBlocks(columns, { from: seconds.from, to: lastDay.from - 1 }, only);
  for (let row = 0; row < rows; row += slice) {
    earlier.add(row, Math.min(rows, row + slice));
    yield;
  }
  const perCountryBefore = byPlace(earlier.result(blocksPerCountry));
  yield;
  const tables = new Map<string, TrafficTable>();
  const counted = answered ?? hours.result().map((one) => ({ ...one, charged: segments.of(one.account, one.country) }));
  for (const { account, country, charged, ...series } of counted) {
    const table: TrafficTable = tables.get(account) ?? new Map();
    tables.set(account, table);
    table.set(country, {
      ...series,
      ...charged,
      blocks: createBlocks(blocksPerCountry, perCountry.get(`${account} ${country}`)),
      blocksBefore: createBlocks(blocksPerCountry, perCountryBefore.get(`${account} ${country}`)),
    });
  }
  const accounts = [...tables].flatMap(([account, table]) => accountTraffic(account, table, begins));
  const many = future === 1 ? '1 message is' : `${future.toLocaleString('en-US')} messages are`;
  const ahead = future > 0 ? [`${many} dated in the future and not counted.`] : [];
  const imported = newest > 0 ? { from: oldest * 1000, to: newest * 1000 } : { from: now, to: now };
  return { window, imported, accounts, gaps: [...gapsOfImport(summary), ...ahead] };
}

/** Messages per block, most first, of each account and country. */
function byPlace(counted: readonly BlockCount[]): ReadonlyMap<string, Map<string, number>> {
  const places = new Map<string, Map<string, number>>();
  for (const { account, country, block, messages } of counted) {
    const place = `${account} ${country}`;
    const counts = places.get(place) ?? new Map<string, number>();
    places.set(place, counts.set(block, messages));
  }
  return places;
}

function accountTraffic(sid: string, table: TrafficTable, begins: number | undefined): readonly AccountTraffic[] {
  const account = accountSid(sid);
  if (!account) return [];
  const name = sid === unnamedAccount ? unnamedText : shortSid(sid);
  let messages = 0;
  for (const { sent } of table.values()) messages += sent.reduce((a, b) => a + b, 0);
  const late = begins !== undefined && { missing: beginsLate(begins), missingBefore: begins };
  return [{ account, name, table, messages, ...late }];
}

function beginsLate(at: number): string {
  return `The imported logs begin ${utc(at)}. What was sent before is not known, so a country that looks new may not be.`;
}
