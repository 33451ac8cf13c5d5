import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { arrayTraffic } from '../../../src/simulator/arrayTraffic.ts';
import type { Simulator } from '../../../src/simulator/server/startSimulator.ts';
import type { SimMessage, Traffic } from '../../../src/simulator/world.ts';
import { event, mainSid, message, minute, noon, sid, smallWorld } from '../smallWorld.ts';
import { ask, withSimulator } from './client.ts';

const messages = `/2010-04-01/Accounts/${mainSid}/Messages.json`;

describe('paging', () => {
  it('gives every row once, newest first, for any page size and any ties in time, while new rows arrive', async () => {
    const ages = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(ages, fc.integer({ min: 1, max: 7 }), async (minutesAgo, pageSize) => {
        const rows = minutesAgo.map((ago, index) => message(sid('SM', index), noon - ago * minute));
        const late = growing(rows);
        const world = smallWorld({ messages: late.traffic });
        await withSimulator(
          async (simulator) => {
            const seen: JsonObject[] = [];
            let next: string | undefined = `${messages}?PageSize=${pageSize}`;
            for (let page = 0; next; page += 1) {
              const { body } = await ask(simulator, next);
              expect(body).toMatchObject({ page, page_size: pageSize, start: page * pageSize });
              seen.push(...(body['messages'] as JsonObject[]));
              next = (body['next_page_uri'] as string | null) ?? undefined;
              world.setNow(world.now() + minute);
              late.add(message(sid('SM', 1000 + page), world.now()));
            }
            const expected = [...arrayTraffic(rows).newestFirst(0, noon)].map((row) => row.sid);
            expect(seen.map((row) => row['sid'])).toEqual(expected);
          },
          { world },
        );
      }),
      { numRuns: 40 },
    );
  });

  it('goes on after a row that has been deleted meanwhile', async () => {
    await withSimulator(async (simulator) => {
      const keys = `/2010-04-01/Accounts/${mainSid}/Keys`;
      const first = await ask(simulator, `${keys}.json?PageSize=1`);
      const [gone] = first.body['keys'] as { sid: string }[];
      await ask(simulator, `${keys}/${gone?.sid}.json`, { method: 'DELETE' });
      const second = await ask(simulator, String(first.body['next_page_uri']));
      expect((second.body['keys'] as { sid: string }[]).map((key) => key.sid)).toEqual([sid('SK', 102)]);
    });
  });

  it('links newer APIs absolutely, to the host the request was meant for', async () => {
    const world = smallWorld();
    for (let index = 0; index < 130; index += 1) world.mainAccount.voiceGeo.set(`X${index}`, { ...closed });
    await withSimulator(
      async (simulator) => {
        const codes: unknown[] = [];
        let path: string | undefined = '/v1/DialingPermissions/Countries?PageSize=1000';
        while (path) {
          const { body } = await ask(simulator, path, { host: 'voice.twilio.com' });
          const items = body['content'] as JsonObject[];
          expect(items.length).toBeLessThanOrEqual(100);
          codes.push(...items.map((item) => item['iso_code']));
          const link: unknown = (body['meta'] as JsonObject)['next_page_url'];
          expect(link === null || String(link).startsWith('https://voice.twilio.com/v1/')).toBe(true);
          path = link === null ? undefined : String(link).slice('https://voice.twilio.com'.length);
        }
        expect(new Set(codes).size).toBe(133);
        expect(codes).toHaveLength(133);
      },
      { world },
    );
  });

  it('gives fifty rows unless asked otherwise, and never more than a thousand', async () => {
    const rows = Array.from({ length: 1100 }, (_, index) => message(sid('SM', index), noon - index * 1000));
    await withSimulator(
      async (simulator) => {
        expect(await pageLength(simulator, messages)).toBe(50);
        expect(await pageLength(simulator, `${messages}?PageSize=5000`)).toBe(1000);
      },
      { world: smallWorld({ messages: arrayTraffic(rows) }) },
    );
  });

  it.each(['PageSize=0', 'PageSize=many', 'PageToken=PAnonsense', 'PageToken=x', 'Page=3'])(
    'refuses %s',
    async (query) => {
      await withSimulator(async (simulator) => {
        expect(await ask(simulator, `${messages}?${query}`)).toMatchObject({ status: 400 });
      });
    },
  );

  it('stops alerts at ten thousand for one query', async () => {
    const alerts = Array.from({ length: 10_050 }, (_, index) => ({
      ...event(sid('NO', index), noon - index * 10, mainSid),
      errorCode: 30450,
      logLevel: 'error' as const,
      text: '',
    }));
    await withSimulator(
      async (simulator) => {
        let read = 0;
        let path: string | undefined = '/v1/Alerts?PageSize=700';
        while (path) {
          const { body } = await ask(simulator, path, { host: 'monitor.twilio.com' });
          read += (body['alerts'] as JsonObject[]).length;
          const link: unknown = (body['meta'] as JsonObject)['next_page_url'];
          path = link === null ? undefined : String(link).slice('https://monitor.twilio.com'.length);
        }
        expect(read).toBe(10_000);
      },
      { world: smallWorld({ alerts: arrayTraffic(alerts) }) },
    );
  });
});

const closed = { lowRisk: false, highRiskSpecial: false, highRiskTollfraud: false };

async function pageLength(simulator: Simulator, path: string): Promise<number> {
  return ((await ask(simulator, path)).body['messages'] as JsonObject[]).length;
}

/** Traffic that more rows can be added to. */
function growing(rows: readonly SimMessage[]): { traffic: Traffic<SimMessage>; add: (row: SimMessage) => void } {
  const all = [...rows];
  const now = () => arrayTraffic(all);
  return {
    traffic: {
      newestFirst: (from, to) => now().newestFirst(from, to),
      count: (from, to) => now().count(from, to),
      find: (own) => now().find(own),
      change: () => undefined,
    },
    add: (row) => all.push(row),
  };
}
