import { describe, expect, it } from 'vitest';
import { createCancellation } from '../../../../src/core/cancellation.ts';
import { UserError } from '../../../../src/core/errors.ts';
import { collectEvidence } from '../../../../src/core/evidence/collect/collectEvidence.ts';
import type { CollectOptions, CollectProgress } from '../../../../src/core/evidence/collect/options.ts';
import { isRefusal } from '../../../../src/core/evidence/collect/refusal.ts';
import { alerts } from '../../../../src/core/evidence/sources/alerts.ts';
import { attempts } from '../../../../src/core/evidence/sources/attempts.ts';
import { events } from '../../../../src/core/evidence/sources/events.ts';
import { keys } from '../../../../src/core/evidence/sources/keys.ts';
import { messages } from '../../../../src/core/evidence/sources/messages.ts';
import { sources } from '../../../../src/core/evidence/sources.ts';
import { secondsIn, wholeSeconds, without } from '../../../../src/core/evidence/windows.ts';
import type { Page, Twilio } from '../../../../src/core/ports.ts';
import type { TwilioRequest } from '../../../../src/core/twilio/request.ts';
import { day, hour, main, memoryWriter, now, row, type ServerOptions, server, sub, surge, week } from './fakes.ts';

const one = [{ account: main, name: 'Acme' }];
const both = [...one, { account: sub, name: 'Acme OTP' }];

async function collect(twilio: Twilio, over: Partial<CollectOptions> = {}) {
  const memory = memoryWriter();
  const result = await collectEvidence(twilio, {
    sources: [messages],
    accounts: one,
    main,
    window: week,
    now,
    held: [],
    writer: memory.writer,
    clock: { now: () => now },
    delay: async () => {},
    ...over,
  });
  return { result, ...memory };
}

async function collectRows(
  rows: readonly ReturnType<typeof row>[],
  options: ServerOptions = {},
  over: Partial<CollectOptions> = {},
) {
  const fake = server({ [main]: rows }, options);
  const collected = await collect(fake.twilio, over);
  return { ...collected, asked: fake.asked.filter(isLog), most: fake.most };
}

/** Whether it asks for rows, and not only how many there are. */
function isLog({ query }: TwilioRequest): boolean {
  return query?.['Category'] === undefined;
}

function sidsOf(rows: readonly ReturnType<typeof row>[]): readonly string[] {
  return rows.map((one) => String(one['sid'])).toSorted();
}

/** Stops the run when so many pages were asked for. */
function stopAt(pages: number, abort: () => void): NonNullable<ServerOptions['spoil']> {
  return (page, _request, _place, asked) => {
    if (asked === pages) abort();
    return page;
  };
}

describe('a log', () => {
  it('that fits on a page takes one request and is one complete slice', async () => {
    const { result, asked, slices } = await collectRows(surge(90, week));
    expect(asked.map(({ query }) => query)).toEqual([
      { 'DateSent>': '2026-11-14T09:36:12Z', 'DateSent<': '2026-11-21T09:36:12Z' },
    ]);
    expect(slices).toHaveLength(1);
    expect(slices[0]?.slice).toMatchObject({ account: main, window: week, complete: true, rows: 90 });
    expect(slices[0]?.slice.pages[0]).toMatchObject({ rows: 90, sha256: '0'.repeat(64) });
    expect(result.outcomes).toEqual([{ source: 'messages', account: main, complete: true, rows: 90, why: [] }]);
  });

  it.each([
    [2_000, true, 1.6],
    [10_000, true, 1.25],
    [30_000, true, 1.25],
    [2_000, false, 1.6],
    [10_000, false, 1.3],
    [30_000, false, 1.25],
  ])(
    'of %i rows is read side by side with few requests, every row once, its days counted by usage: %s',
    async (count, counted, ratio) => {
      const rows = surge(count, week);
      const { sids, asked, most, slices, complete } = await collectRows(rows, { counted });
      expect(sids().toSorted()).toEqual(sidsOf(rows));
      expect(complete()).toBe(true);
      expect(asked.length).toBeLessThanOrEqual(Math.ceil((count / 100) * ratio));
      expect(most()).toBeGreaterThan(Math.min(30, count / 1000));
      const windows = slices.flatMap(({ slice }) => slice.window ?? []);
      expect(without(wholeSeconds(week), windows)).toEqual([]);
      expect(windows.reduce((sum, window) => sum + secondsIn(window), 0)).toBe(secondsIn(wholeSeconds(week)));
    },
  );

  it('loses nothing when it is ordered by creation and messages were scheduled long before they were sent', async () => {
    const rows = surge(6_000, week).map((one, i) =>
      i % 17 === 0 ? { ...one, date_created: new Date(week.from - (i % 40) * hour).toUTCString() } : one,
    );
    const { sids, complete } = await collectRows(rows);
    expect(sids().toSorted()).toEqual(sidsOf(rows));
    expect(complete()).toBe(true);
  });

  it('is read by whole days where the server filters by days alone, every row once and not every day many times', async () => {
    const rows = surge(12_000, { from: week.from - day, to: week.to });
    const { sids, asked, complete } = await collectRows(rows, { byDay: true });
    const wanted = rows.filter((one) => Date.parse(String(one['date_sent'])) >= week.from);
    expect(sids().toSorted()).toEqual(sidsOf(wanted));
    expect(complete()).toBe(true);
    expect(asked.length).toBeLessThan(220);
  });

  it('of which Twilio gives so many rows per query is divided until nothing is cut off', async () => {
    const rows = surge(9_000, week).map((one) => ({ ...one }));
    const source = { ...alerts, mostPerQuery: 500 };
    const { sids, complete } = await collectRows(rows, { cap: 500 }, { sources: [source] });
    expect(sids().toSorted()).toEqual(sidsOf(rows));
    expect(complete()).toBe(true);
  });

  it('is incomplete in a single second that alone has as many rows as Twilio gives', async () => {
    const at = now - hour - (now % 1000);
    const rows = Array.from({ length: 900 }, (_, i) => row(i, at));
    const source = { ...alerts, mostPerQuery: 500 };
    const { slices, result } = await collectRows(rows, { cap: 500 }, { sources: [source] });
    const broken = slices.filter(({ slice }) => !slice.complete);
    expect(broken.map(({ slice }) => slice.window)).toEqual([{ from: at, to: at }]);
    expect(broken[0]?.slice.why).toContain('500 rows for one query');
    expect(result.outcomes[0]?.complete).toBe(false);
  });

  it('ends where the run began, whatever happens meanwhile, and begins where Twilio begins to remember', async () => {
    const { asked, result } = await collectRows(
      [],
      {},
      { sources: [alerts], window: { from: now - 60 * day, to: now + day } },
    );
    expect(asked[0]?.query).toEqual({ StartDate: '2026-10-22T09:36:12Z', EndDate: '2026-11-21T09:36:12Z' });
    expect(result.outcomes[0]?.complete).toBe(false);
    expect(result.outcomes[0]?.why[0]).toContain('for 30 days');
  });

  it('asks for events of 13 months, apart from those of 30 days, which a refusal of the older must not cost', async () => {
    const { asked } = await collectRows([], {}, { sources: [events], window: { from: now - 60 * day, to: now } });
    expect(asked.map(({ query }) => query)).toEqual([
      { StartDate: '2026-10-22T10:36:12Z', EndDate: '2026-11-21T09:36:12Z' },
      { StartDate: '2026-09-22T09:36:12Z', EndDate: '2026-10-22T10:36:11Z' },
    ]);
  });
});

describe('what was before the window', () => {
  const lead = { StartDate: '2026-10-22T10:36:12Z', EndDate: '2026-11-14T09:36:11Z' };

  it('is read of security events as far back as every account has them, in slices of its own', async () => {
    const rows = [row(1, now - 20 * day), row(2, now - day), row(3, now - 31 * day)];
    const { sids, slices, asked } = await collectRows(rows, {}, { sources: [events] });
    expect(asked.map(({ query }) => query)).toEqual([
      { StartDate: '2026-11-14T09:36:12Z', EndDate: '2026-11-21T09:36:12Z' },
      lead,
    ]);
    expect(sids().toSorted()).toEqual(sidsOf(rows.slice(0, 2)));
    expect(slices.map(({ slice }) => slice.rows)).toEqual([1, 1]);
  });

  it('is not read again', async () => {
    const { held } = await collectRows([], {}, { sources: [events] });
    const { asked } = await collectRows([], {}, { sources: [events], held: held(now), now: now + day });
    expect(asked.map(({ query }) => query)).toEqual([
      { StartDate: '2026-11-21T08:36:13Z', EndDate: '2026-11-21T09:36:12Z' },
    ]);
  });

  it('is not read of other logs', async () => {
    const { asked } = await collectRows([], {}, { sources: [alerts, messages, attempts] });
    expect(asked).toHaveLength(3);
  });
});

describe('a list that changes while it is read', () => {
  /** Changes the rows each time the first page of a list has been given that goes on. */
  function changing(moving: 'place' | 'row', change: (rows: ReturnType<typeof row>[], page: Page) => void) {
    const rows = surge(1_500, week, 0);
    const all = new Set(sidsOf(rows));
    const spoil: NonNullable<ServerOptions['spoil']> = (page, _request, place) => {
      if (place === 0 && page.next) change(rows, page);
      return page;
    };
    return { rows, all, run: () => collectRows(rows, { moving, spoil }) };
  }
  let added = 0;
  const addNewest = (rows: ReturnType<typeof row>[], { items }: Page) => {
    const newest = Date.parse(String(items[0]?.['date_sent']));
    rows.push(row(100_000 + added++, newest + 1));
  };
  const deleteOf = (rows: ReturnType<typeof row>[], sids: ReadonlySet<unknown>) => {
    rows.splice(0, rows.length, ...rows.filter(({ sid }) => !sids.has(sid)));
  };

  it.each(['place', 'row'] as const)('loses nothing to rows that are added: pages go on from a %s', async (moving) => {
    const { all, run } = changing(moving, addNewest);
    const { sids, complete } = await run();
    const found = new Set(sids());
    expect([...all].filter((one) => !found.has(one))).toEqual([]);
    // Where rows come twice, others might have been pushed out of sight.
    expect(complete()).toBe(moving === 'row');
  });

  it('is not complete when rows come twice, whether or not they were updated in between', async () => {
    const { all, run } = changing('place', (rows, page) => {
      addNewest(rows, page);
      const later = new Date(now + 1000 * added).toUTCString();
      const onPage = new Set(page.items.map(({ sid }) => sid));
      rows.forEach((one, i) => {
        if (onPage.has(one['sid'] ?? '')) rows[i] = { ...one, date_updated: later };
      });
    });
    const { sids, slices, result } = await run();
    const found = new Set(sids());
    expect([...all].filter((one) => !found.has(one))).toEqual([]);
    // The newer state is kept beside the older one.
    expect(sids().length).toBeGreaterThan(found.size);
    expect(result.outcomes[0]?.complete).toBe(false);
    expect(slices.find(({ slice }) => !slice.complete)?.slice.why).toContain('The list moved');
  });

  it('loses none of those that are still there when others are deleted', async () => {
    const deleted = new Set<unknown>();
    const { all, run } = changing('row', (rows, { items }) => {
      const gone = new Set(items.slice(0, 50).map(({ sid }) => sid));
      for (const sid of gone) deleted.add(sid);
      deleteOf(rows, gone);
    });
    const { sids } = await run();
    expect(deleted.size).toBeGreaterThan(200);
    const found = new Set(sids());
    expect([...all].filter((one) => !deleted.has(one) && !found.has(one))).toEqual([]);
    expect(found.size).toBe(sids().length);
  });
});

describe('a list that is not what it should be', () => {
  const rows = surge(1_500, week);
  const spoiled: Record<string, (page: Page, place: number, asked: TwilioRequest) => Page> = {
    'a row of a page is missing': (page, place) => {
      const items = page.items.slice(1);
      return place === 1 ? { ...page, items, body: { ...page.body, messages: items } } : page;
    },
    'an entry is no row': (page) => ({
      ...page,
      body: { ...page.body, messages: [...page.items, 7] },
      items: page.items,
    }),
    'a page is left out': (page, place) => (place >= 1 ? { ...page, body: { ...page.body, page: place + 1 } } : page),
    'a page comes twice': (page, place) => (place === 2 ? { ...page, items: rows.slice(0, 100) } : page),
    'pages overlap': (page, place, asked) => {
      const before = rows.find(({ sid }) => asked.continueAt?.endsWith(String(sid)));
      return place > 0 && before ? { ...page, items: [before, ...page.items.slice(1)] } : page;
    },
    'it leads back': (page, place) =>
      place === 1 && page.next ? { ...page, next: { ...page.next, continueAt: 'x@100' } } : page,
    'a date is missing': (page) => ({
      ...page,
      items: page.items.map((one, i) => (i ? one : { ...one, date_sent: null, date_created: 'soon' })),
    }),
  };
  it.each(Object.entries(spoiled))('is never called complete: %s', async (_, spoil) => {
    const { result, slices } = await collectRows(rows, { spoil: (page, asked, place) => spoil(page, place, asked) });
    expect(result.outcomes[0]?.complete).toBe(false);
    expect(result.outcomes[0]?.why.join(' ')).toMatch(/\w+\./);
    expect(slices.some(({ slice }) => !slice.complete && slice.why)).toBe(true);
  });
});

describe('what goes wrong', () => {
  const refusal = new UserError('not-permitted', 'The key may not do that.', { status: 403 });
  const down = new UserError('network', 'Twilio cannot be reached.');

  it('at one account leaves the others alone, and is asked for once', async () => {
    const fake = server(
      { [main]: surge(3_000, week), [sub]: surge(50, week) },
      {
        spoil(page, request) {
          if (request.account === main) throw refusal;
          return page;
        },
      },
    );
    const { result, slices } = await collect(fake.twilio, { accounts: both, sources: [messages, keys] });
    expect(fake.asked.filter((one) => one.account === main && isLog(one))).toHaveLength(2);
    expect(result.outcomes.map(({ account, complete }) => [account, complete])).toEqual([
      [main, false],
      [sub, true],
      [main, false],
      [sub, true],
    ]);
    const own = slices.filter(({ slice }) => slice.account === main);
    expect(own.every(({ slice }) => isRefusal(slice.why) && slice.pages.length === 0)).toBe(true);
  });

  it('in the middle of a slice keeps what came and says what is missing; other windows go on', async () => {
    const rows = surge(6_000, week);
    let failed = 0;
    const { result, slices, sids } = await collectRows(rows, {
      spoil(page, _request, place, asked) {
        if (place === 2 && asked > 40 && failed++ === 0) throw down;
        return page;
      },
    });
    const broken = slices.filter(({ slice }) => !slice.complete);
    expect(broken).toHaveLength(1);
    expect(broken[0]?.slice).toMatchObject({ why: down.message, rows: 200 });
    expect(result.outcomes[0]).toMatchObject({ complete: false, why: [down.message] });
    expect(sids().length).toBeGreaterThan(5_000);
  });

  it('everywhere is not tried a thousand times, and every second not read is on record', async () => {
    const rows = surge(20_000, week);
    const { asked, slices } = await collectRows(rows, {
      spoil(page, _request, _place, count) {
        if (count > 20) throw down;
        return page;
      },
    });
    expect(asked.length).toBeLessThan(80);
    expect(
      without(
        wholeSeconds(week),
        slices.flatMap(({ slice }) => slice.window ?? []),
      ),
    ).toEqual([]);
  });

  it('of our own making is not hidden', async () => {
    const fault = new TypeError('bug');
    const broken = collectRows(surge(500, week), {
      spoil() {
        throw fault;
      },
    });
    await expect(broken).rejects.toBe(fault);
  });

  it('with the disk ends everything and is said in the result', async () => {
    const memory = memoryWriter();
    const full = new UserError('not-allowed', 'The disk is full.');
    let pages = 0;
    const writer = {
      ...memory.writer,
      begin(of: Parameters<typeof memory.writer.begin>[0]) {
        const slice = memory.writer.begin(of);
        return { ...slice, page: () => (++pages > 3 ? Promise.reject(full) : Promise.resolve()) };
      },
    };
    const fake = server({ [main]: surge(20_000, week) });
    const { result } = await collect(fake.twilio, { writer });
    expect(result.writeFailure).toBe('The disk is full.');
    expect(result.outcomes[0]?.complete).toBe(false);
    expect(fake.asked.length).toBeLessThan(100);
  });

  it('stops when told to; what was begun is incomplete, and nothing is asked any more', async () => {
    const { signal, abort } = createCancellation();
    const fake = server({ [main]: surge(20_000, week) }, { spoil: stopAt(50, abort) });
    const { result, flushed, slices } = await collect(fake.twilio, { cancel: signal });
    expect(fake.asked.length).toBeLessThan(120);
    expect(result.outcomes[0]).toMatchObject({ complete: false });
    expect(result.outcomes[0]?.why).toContain('Stopped before everything was read.');
    expect(flushed()).toBe(slices.length);
  });
});

describe('going on', () => {
  it('after a stop reads what is missing and nothing twice', async () => {
    const rows = surge(20_000, { from: week.from, to: now - 2 * hour });
    const { signal, abort } = createCancellation();
    const fake = server({ [main]: rows }, { spoil: stopAt(150, abort) });
    const first = await collect(fake.twilio, { cancel: signal });
    const whole = first.slices.filter(({ slice }) => slice.complete);
    expect(whole.length).toBeGreaterThan(3);
    const second = await collectRows(rows, {}, { held: first.held(now) });
    const settled = whole.flatMap(({ slice }) => slice.window ?? []);
    const repeated = second.slices.flatMap(({ slice }) => slice.window ?? []).filter(({ from }) => from <= now - hour);
    for (const window of repeated) expect(without(window, settled)).toEqual([window]);
    const all = new Set([...whole.flatMap(({ rows: own }) => own.map((o) => String(o['sid']))), ...second.sids()]);
    expect(all.size).toBe(20_000);
    expect(second.complete()).toBe(true);
  });

  it('later reads what is new, and the last ten hours before, in which messages may have changed', async () => {
    const { held } = await collectRows(surge(50, week));
    const { asked } = await collectRows(
      [],
      {},
      { held: held(now), now: now + day, window: { ...week, to: now + day } },
    );
    expect(asked.map(({ query }) => query)).toEqual([
      { 'DateSent>': '2026-11-20T23:36:13Z', 'DateSent<': '2026-11-22T09:36:12Z' },
    ]);
  });

  it('soon afterwards, or for who looks often, reads the last hour again and no more', async () => {
    const { held } = await collectRows(surge(50, week));
    const at = async (later: number, over: Partial<CollectOptions> = {}) => {
      const window = { ...week, to: now + later };
      const { asked } = await collectRows([], {}, { held: held(now), now: now + later, window, ...over });
      return asked.map(({ query }) => query?.['DateSent>']);
    };
    expect(await at(30 * 60_000)).toEqual(['2026-11-21T08:36:13Z']);
    expect(await at(2 * hour)).toEqual(['2026-11-20T23:36:13Z']);
    expect(await at(2 * hour, { settled: hour })).toEqual(['2026-11-21T08:36:13Z']);
  });

  it('takes nothing for settled that Twilio’s clock had not reached ten hours before, whatever this computer’s says', async () => {
    const { held } = await collectRows(surge(50, week), {
      spoil: (page) => ({ ...page, serverTime: now - 26 * hour }),
    });
    const { asked } = await collectRows([], {}, { held: held(now) });
    expect(asked.map(({ query }) => query)).toEqual([
      { 'DateSent>': '2026-11-19T21:36:13Z', 'DateSent<': '2026-11-21T09:36:12Z' },
    ]);
  });

  it('reads states every time', async () => {
    const fake = server({ [main]: [{ sid: 'SK1' }] });
    const { held } = await collect(fake.twilio, { sources: [keys] });
    await collect(fake.twilio, { sources: [keys], held: held(now) });
    expect(fake.asked).toHaveLength(2);
  });
});

describe('all sources together', () => {
  it('are asked in the order in which Twilio forgets, with few requests at once', async () => {
    const accounts = Array.from({ length: 300 }, (_, i) => ({
      account: `AC${String(i).padStart(32, '0')}` as typeof main,
      name: '',
    }));
    const fake = server({});
    const { result } = await collect(fake.twilio, { accounts, sources });
    expect(fake.most()).toBeLessThanOrEqual(64);
    const firstOf = new Map<string, number>();
    for (const [i, { operation }] of fake.asked.entries()) if (!firstOf.has(operation)) firstOf.set(operation, i);
    expect([...firstOf.keys()].slice(0, 5)).toEqual([
      'listEvents',
      'listAlerts',
      'listVerifyAttempts',
      'listMessages',
      'listCalls',
    ]);
    expect(result.outcomes).toHaveLength(14 * 300 + 2);
  });

  it('tell how far they are', async () => {
    const seen: CollectProgress[] = [];
    const rows = surge(10_000, week);
    await collectRows(rows, {}, { onProgress: (progress) => seen.push(progress) });
    expect(seen[0]).toEqual({ rows: 0, requests: 0, sources: [{ source: 'messages', done: 0, of: 1 }], left: 1 });
    expect(seen.at(-1)).toMatchObject({ rows: 10_000, sources: [{ source: 'messages', done: 1, of: 1 }], left: 0 });
    expect(seen.filter(({ left }) => left > 0.2 && left < 0.8).length).toBeGreaterThan(20);
  });

  it('keep to a hundred requests a minute for attempts', async () => {
    const begun: number[] = [];
    let time = 0;
    const rows = surge(30_000, week);
    await collectRows(
      rows,
      {
        spoil(page) {
          begun.push(time);
          return page;
        },
      },
      {
        sources: [attempts],
        clock: { now: () => time },
        delay: async (milliseconds) => {
          const until = time + milliseconds;
          await new Promise((resolve) => setImmediate(resolve));
          time = Math.max(time, until);
        },
      },
    );
    expect(begun.length).toBeGreaterThan(300);
    for (const [i, at] of begun.slice(100).entries()) expect(at - (begun[i] ?? 0)).toBeGreaterThanOrEqual(60_000);
  });
});
