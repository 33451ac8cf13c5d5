import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createImportStore } from '../../../../src/adapters/evidence/ingest/importStore.ts';
import { openIndex } from '../../../../src/adapters/evidence/ingest/openIndex.ts';
import { reportFromIndex } from '../../../../src/adapters/evidence/ingest/reportFromIndex.ts';
import { parseToView } from '../../../../src/core/messages.ts';
import { rangeOf } from '../../../../src/core/model/numberRange.ts';
import { countryOf } from '../../../../src/core/traffic/country.ts';
import { createCountryHours } from '../../../../src/core/traffic/countryHours.ts';
import { describeImport } from '../../../../src/core/traffic/importWords.ts';
import { createPanelState } from '../../../../src/core/traffic/panelState.ts';
import { trafficFacts } from '../../../../src/core/traffic/rcaTraffic.ts';
import { addMessage, byHour, costIn, type TrafficTable } from '../../../../src/core/traffic/table.ts';
import { createTopBlocks } from '../../../../src/core/traffic/topBlocks.ts';
import { createDemoWorld, demoStory } from '../../../../src/simulator/demo.ts';
import { exported, imported, jsonLines, logFolder, record, worker } from './logFiles.ts';

const files = logFolder();
afterAll(() => files.remove());

const now = Date.parse('2026-11-21T12:00:00Z');
const world = createDemoWorld({ now: () => now });
const days = 9;
const sent = [...world.accounts.values()].flatMap(({ sid, messages }) =>
  [...messages.newestFirst(now - days * 86_400_000, now)].map((message) => ({ sid, message })),
);
const paths = [0, 1, 2].map((part) =>
  files.write(
    `day${part}.json.gz`,
    gzipSync(jsonLines(sent.filter((_, n) => n % 3 === part).map(({ sid, message }) => exported(message, sid)))),
  ),
);

async function demoReport() {
  const { opened } = await imported(paths, files.index, 2);
  return { opened, report: await reportFromIndex(opened, { now }) };
}

describe('the report of imported logs', () => {
  it('counts what a recount of the simulator’s world counts, hour by hour', async () => {
    const { report } = await demoReport();
    for (const { account, table, messages } of report.accounts) {
      const recount: TrafficTable = new Map();
      let counted = 0;
      const before = new Map<string, number>();
      const lastDay = report.window.from + 144 * 3_600_000;
      for (const { sid, message } of sent) {
        if (sid !== account) continue;
        const { to, direction, status, errorCode, price, segments } = message;
        const at = Math.floor((message.sent ?? message.at) / 1000) * 1000;
        if (at >= report.window.from && at < lastDay && direction.startsWith('outbound'))
          before.set(rangeOf(to), (before.get(rangeOf(to)) ?? 0) + 1);
        const rest = { to, status, errorCode, segments, currency: 'USD', outbound: direction.startsWith('outbound') };
        if (addMessage(recount, report.window, { sid: message.sid, at, ...rest, price: price && Math.abs(price) }))
          counted++;
      }
      expect(messages).toBe(counted);
      expect([...table.keys()].toSorted()).toEqual([...recount.keys()].toSorted());
      for (const [country, series] of table) {
        const other = recount.get(country);
        for (const column of ['sent', 'delivered', 'failed', 'pumpingBlocked', 'guardBlocked', 'unpriced'] as const)
          expect(byHour([series], column)).toEqual(other && byHour([other], column));
        expect(series.firstAt).toBe(other?.firstAt);
        expect(series.segments).toEqual(other?.segments);
        // What a block got before is counted for the blocks that are large now.
        for (const [block] of [...series.blocks.counts()].slice(0, 6))
          expect(series.blocksBefore?.counts().get(block) ?? 0).toBe(before.get(block) ?? 0);
        expect(costIn([series])[0]?.amount ?? 0).toBeCloseTo((other && costIn([other])[0]?.amount) ?? 0, 6);
      }
    }
  });

  it('flags the attack in panel and RCA, with its blocks, and names no whole number', async () => {
    const { report } = await demoReport();
    const state = createPanelState()(report, { account: undefined, country: undefined }, undefined, undefined);
    expect(parseToView({ type: 'state', body: state })).toBeDefined();
    expect(state.rows[0]).toMatchObject({ country: demoStory.attackCountry, flag: 'never-seen' });
    expect(state.rows[0]?.sentence).toContain(`${demoStory.attackedRanges[0]}xxxx`);
    expect(trafficFacts(report).traffic?.[0]).toMatchObject({ country: demoStory.attackCountry });
    expect(report.gaps).toEqual([]);
  });

  it('queries agree with a recount of the rows', async () => {
    const { opened } = await demoReport();
    const { columns } = opened;
    const span = { from: Math.floor((now - days * 86_400_000) / 3_600_000) * 3600, to: now / 1000 };
    const hours = createCountryHours(columns, span);
    const blocks = createTopBlocks(columns, span);
    // In two slices, as a caller that must stay responsive does it.
    for (const query of [hours, blocks]) {
      query.add(0, 1000);
      query.add(1000, columns.rows);
    }
    const outbound = sent.filter(({ message }) => message.direction.startsWith('outbound'));
    const total = hours.result().reduce((sum, group) => sum + group.sent.reduce((a, b) => a + b, 0), 0);
    expect(total).toBe(outbound.length);
    const [top] = blocks.result(10);
    expect(
      top && outbound.filter(({ sid, message }) => sid === top.account && rangeOf(message.to) === top.block).length,
    ).toBe(top?.messages);
    expect(top?.country).toBe(countryOf(`${top?.block.replace('xxxx', '0000')}`));
  });

  it('says when the logs begin late, when a date lies ahead, and which rows were not understood', async () => {
    const rows = [record(1), record(2, { date_sent: '2036-01-01T00:00:00Z' }), { sid: '<img src=x onerror=alert(1)>' }];
    const { opened } = await imported([files.write('x](command:evil).jsonl', jsonLines(rows))], files.index);
    const report = await reportFromIndex(opened, { now });
    expect(report.window.to).toBe(Date.parse('2026-11-20T10:00:01Z'));
    expect(report.accounts[0]?.missing).toMatch(/logs begin 2026-11-20 10:00 UTC/);
    expect(report.gaps).toEqual([
      '1 row was not understood and is not counted. x](command:evil).jsonl, line 3 has no message SID.',
      '1 message is dated in the future and not counted.',
    ]);
    const { gaps, begins } = createPanelState()(
      report,
      { account: undefined, country: undefined },
      undefined,
      undefined,
    );
    expect(gaps.join()).not.toContain('](command:');
    // What was sent before makes no count since then too low: it is told once, in its own place.
    expect(gaps.join()).not.toContain('logs begin');
    expect(begins).toBe(Date.parse('2026-11-20T10:00:01Z'));
  });
});

describe('kept imports', () => {
  it('the newest one opens again without the files and replaces the others', async () => {
    const folder = `${files.folder}/imports`;
    const store = createImportStore({ folder, worker, clock: { now: () => now } });
    expect(await store.last()).toBeUndefined();
    await store.importFiles([files.write('old.jsonl', jsonLines([record(1)]))], {});
    const made = await store.importFiles(paths, {});
    const kept = await createImportStore({ folder, worker, clock: { now: () => now } }).last();
    const again = await kept?.open();
    expect(again).toEqual({ ...made, report: expect.anything(), recipients: expect.any(Function) });
    const rows = (report: typeof made.report | undefined) =>
      report?.accounts.map(({ account, messages }) => [account, messages]);
    expect(rows(again?.report)).toEqual(rows(made.report));
    expect(describeImport(made)).toMatch(
      /^Imported [\d,]+ messages from 3 files, 2026-11-12 .* UTC to 2026-11-21 12:00 UTC\.$/,
    );
    await expect(openIndex(`${folder}/none`)).rejects.toThrow(/Import the logs again/);
  });
});
