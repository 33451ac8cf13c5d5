import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { arrayTraffic } from '../../../src/simulator/arrayTraffic.ts';
import type { SimHost } from '../../../src/simulator/server/route.ts';
import type { Simulator } from '../../../src/simulator/server/startSimulator.ts';
import { day, event, hour, mainSid, message, minute, noon, sid, smallWorld } from '../smallWorld.ts';
import { ask, withSimulator } from './client.ts';

const below = `/2010-04-01/Accounts/${mainSid}`;

async function rows(
  simulator: Simulator,
  path: string,
  host: SimHost = 'api.twilio.com',
): Promise<readonly JsonObject[]> {
  const { body, text } = await ask(simulator, path, { host });
  const list = Object.values(body).find(Array.isArray);
  if (!list) throw new Error(text);
  return list as JsonObject[];
}

const sids = async (...asked: Parameters<typeof rows>) => (await rows(...asked)).map((row) => row['sid']);

describe('messages', () => {
  const sent = [
    message(sid('SM', 1), Date.UTC(2026, 10, 19, 23, 59, 59, 700), { to: '+79581110001' }),
    message(sid('SM', 2), Date.UTC(2026, 10, 20, 0, 0, 0), { to: '+79582220002', from: 'Northwind' }),
    message(sid('SM', 3), Date.UTC(2026, 10, 20, 10, 30, 0, 400), {
      sent: undefined,
      status: 'failed',
      errorCode: 30450,
    }),
    message(sid('SM', 4), Date.UTC(2026, 10, 21, 11, 59, 59, 900), { to: '+79581110001' }),
    message(sid('SM', 5), noon + minute),
  ];

  it.each([
    ['everything so far, newest first', '', [4, 3, 2, 1]],
    ['one day', 'DateSent=2026-11-20', [3, 2, 1]],
    ['a day and later', 'DateSent%3E=2026-11-20', [4, 3, 2, 1]],
    ['a day and earlier', 'DateSent%3C=2026-11-20', [3, 2, 1]],
    ['an instant and later, to the second', 'DateSent%3E=2026-11-20T10:30:00Z', [4, 3]],
    ['an instant and earlier, to the second', 'DateSent%3C=2026-11-20T10%3A30%3A00Z', [3, 2, 1]],
    ['both ends', 'DateSent%3E=2026-11-20T00:00:01Z&DateSent%3C=2026-11-20', [3]],
    ['a prefix', 'To=%2B7958111*', [4, 1]],
    ['a number', 'To=%2B79582220002', [2]],
    ['a sender', 'From=Northwind', [2]],
  ])('are filtered by %s', async (_, query, expected) => {
    await withSimulator(
      async (simulator) => {
        expect(await sids(simulator, `${below}/Messages.json?${query}`)).toEqual(expected.map((one) => sid('SM', one)));
      },
      { world: smallWorld({ messages: arrayTraffic(sent) }) },
    );
  });

  it('carry numbers as text, dates in RFC 2822, and null for what is not known', async () => {
    await withSimulator(
      async (simulator) => {
        const [delayed, failed] = await rows(simulator, `${below}/Messages.json`);
        expect(failed).toMatchObject({
          num_segments: '2',
          price: '-0.04150',
          error_code: 30450,
          date_created: 'Fri, 20 Nov 2026 10:30:00 +0000',
          date_sent: null,
          messaging_service_sid: null,
        });
        expect(delayed).toMatchObject({ status: 'queued', price: null, date_sent: null });
      },
      { world: smallWorld({ messages: arrayTraffic(sent) }) },
    );
  });

  it.each(['DateSent=yesterday', 'DateSent%3E=2026-13-01', 'DateSent%3C=7'])('refuse %s', async (query) => {
    await withSimulator(async (simulator) => {
      expect(await ask(simulator, `${below}/Messages.json?${query}`)).toMatchObject({ status: 400 });
    });
  });
});

describe('events', () => {
  it('take one filter besides dates, and reach thirty days back', async () => {
    const world = smallWorld();
    world.mainAccount.events.push(
      event(sid('AE', 900), noon - 31 * day, mainSid),
      event(sid('AE', 901), noon - 29 * day, mainSid, { type: 'user-session.created', ip: '203.0.113.42' }),
      event(sid('AE', 902), noon + minute, mainSid),
    );
    await withSimulator(
      async (simulator) => {
        const all = await sids(simulator, '/v1/Events', 'monitor.twilio.com');
        expect(all).toEqual([100, 101, 102, 901].map((one) => sid('AE', one)));
        for (const filter of ['EventType=user-session.created', 'SourceIpAddress=203.0.113.42'])
          expect(await sids(simulator, `/v1/Events?${filter}`, 'monitor.twilio.com')).toEqual([sid('AE', 901)]);
        const two = '/v1/Events?EventType=user-session.created&SourceIpAddress=203.0.113.42';
        expect(await ask(simulator, two, { host: 'monitor.twilio.com' })).toMatchObject({ status: 400 });
        const [old] = await rows(simulator, '/v1/Events?EndDate=2026-11-01T00%3A00%3A00Z', 'monitor.twilio.com');
        expect(old).toMatchObject({ event_date: '2026-10-23T12:00:00Z', source_ip_address: '203.0.113.42' });
      },
      { world },
    );
  });
});

describe('Verify attempts', () => {
  it('add up to what their summary says, for the same filters', async () => {
    await withSimulator(async (simulator) => {
      const query = 'Country=GB&DateCreatedAfter=2026-11-21T08%3A30%3A00Z';
      const attempts = await rows(simulator, `/v2/Attempts?${query}`, 'verify.twilio.com');
      const { body } = await ask(simulator, `/v2/Attempts/Summary?${query}`, { host: 'verify.twilio.com' });
      expect(attempts).toHaveLength(3);
      const unconverted = await sids(simulator, `/v2/Attempts?${query}&Status=unconverted`, 'verify.twilio.com');
      expect(unconverted).toEqual([sid('VL', 100)]);
      expect(body).toMatchObject({ total_attempts: 3, total_converted: 2, conversion_rate_percentage: '66.666666667' });
    });
  });
});

describe('usage', () => {
  it('counts the traffic of the account, with its subaccounts unless told otherwise', async () => {
    await withSimulator(async (simulator) => {
      const path = `${below}/Usage/Records/Today.json?Category=sms-outbound`;
      const [own] = await rows(simulator, `${path}&IncludeSubaccounts=false`);
      const [both] = await rows(simulator, path);
      expect(own).toMatchObject({ count: '5', usage: '10', price: '0.20750', start_date: '2026-11-21' });
      expect(both).toMatchObject({ count: '10' });
    });
  });

  it('leaves out what is still to come today', async () => {
    const traffic = [message(sid('SM', 1), noon - minute), message(sid('SM', 2), noon + minute, { price: -9 })];
    await withSimulator(
      async (simulator) => {
        const [record] = await rows(simulator, `${below}/Usage/Records/Today.json?Category=totalprice`);
        expect(Number(record?.['price'])).toBeLessThan(9);
      },
      { world: smallWorld({ messages: arrayTraffic(traffic) }) },
    );
  });

  it('lists days newest first, with and without traffic, and understands relative dates', async () => {
    await withSimulator(async (simulator) => {
      const days = await rows(simulator, `${below}/Usage/Records/Daily.json?Category=calls&StartDate=-2days`);
      expect(days.map((one) => [one['start_date'], one['count']])).toEqual([
        ['2026-11-21', '4'],
        ['2026-11-20', '0'],
        ['2026-11-19', '0'],
      ]);
    });
  });

  it('estimates large sums from samples, to within a tenth of the exact ones', async () => {
    const many = Array.from({ length: 60_000 }, (_, index) =>
      message(sid('SM', index), noon - index * 500, { price: index < 30_000 ? -0.3 : -0.1 }),
    );
    await withSimulator(
      async (simulator) => {
        const [record] = await rows(
          simulator,
          `${below}/Usage/Records/Today.json?Category=sms&IncludeSubaccounts=false`,
        );
        expect(record?.['count']).toBe('60000');
        expect(Math.abs(Number(record?.['price']) - 12_000)).toBeLessThan(1_000);
      },
      { world: smallWorld({ messages: arrayTraffic(many), created: noon - 9 * hour }) },
    );
  });
});

describe('calls', () => {
  it('are in progress until their end has come', async () => {
    await withSimulator(async (simulator, world) => {
      const path = `${below}/Calls.json?Status=in-progress`;
      expect(await sids(simulator, path)).toEqual([sid('CA', 102)]);
      world.setNow(noon - 2 * hour + minute);
      expect(await sids(simulator, path)).toEqual([sid('CA', 101)]);
    });
  });
});
