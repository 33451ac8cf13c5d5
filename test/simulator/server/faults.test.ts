import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { Fault } from '../../../src/simulator/server/faults.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/server/startSimulator.ts';
import { mainSid, smallWorld, subSid } from '../smallWorld.ts';
import { ask, withSimulator } from './client.ts';

const messages = `/2010-04-01/Accounts/${mainSid}/Messages.json`;
const suspend = (simulator: Simulator) =>
  ask(simulator, `/2010-04-01/Accounts/${subSid}.json`, { method: 'POST', form: 'Status=suspended' });

describe('replies', () => {
  it('name the request, its time and its load, and are compressed when asked', async () => {
    await withSimulator(async (simulator) => {
      const plain = await ask(simulator, messages);
      const zipped = await ask(simulator, messages, { gzip: true });
      expect(plain.headers).toMatchObject({
        date: 'Sat, 21 Nov 2026 12:00:00 GMT',
        'twilio-concurrent-requests': '1',
        'twilio-request-duration': '0.000',
      });
      expect(plain.headers['twilio-request-id']).toMatch(/^RQ[0-9a-f]{32}$/);
      expect(zipped.headers['twilio-request-id']).not.toBe(plain.headers['twilio-request-id']);
      expect(zipped.headers['content-encoding']).toBe('gzip');
      expect(gunzipSync(zipped.bytes).toString()).toBe(plain.text);
    });
  });

  it('are sent as packed where that is known, but not plain and not spoilt', async () => {
    const packed = gzipSync('{"messages":[]}');
    await withSimulator(
      async (simulator) => {
        const zipped = await ask(simulator, messages, { gzip: true });
        expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': String(packed.length) });
        expect(zipped.bytes).toEqual(packed);
        expect((await ask(simulator, messages)).body['page']).toBe(0);
        simulator.faults.add({ fault: { kind: 'dropItem' } });
        expect(gunzipSync((await ask(simulator, messages, { gzip: true })).bytes).toString()).toContain('"page":0');
      },
      { pack: (body) => ('messages' in body ? packed : undefined) },
    );
  });

  it('are the same for the same requests to the same world', async () => {
    const run = async () => {
      const seen: string[] = [];
      await withSimulator(async (simulator) => {
        for (const path of [messages, '/2010-04-01/Accounts.json']) {
          const { text, headers } = await ask(simulator, path);
          seen.push(text, String(headers['twilio-request-id']));
        }
      });
      return seen;
    };
    expect(await run()).toEqual(await run());
  });
});

describe('faults', () => {
  it('throttle as many requests as told, with or without Retry-After, and do nothing meanwhile', async () => {
    await withSimulator(async (simulator, world) => {
      simulator.faults.add({ fault: { kind: 'throttle', retryAfter: '2' }, operationId: 'UpdateAccount', times: 1 });
      simulator.faults.add({ fault: { kind: 'throttle' }, operationId: 'UpdateAccount', skip: 1, times: 1 });
      const first = await suspend(simulator);
      expect(first).toMatchObject({ status: 429, body: { code: 20429 }, headers: { 'retry-after': '2' } });
      const second = await suspend(simulator);
      expect(second.status).toBe(429);
      expect(second.headers).not.toHaveProperty('retry-after');
      expect(world.sub.status).toBe('active');
      expect((await suspend(simulator)).status).toBe(200);
      expect(simulator.log.map(({ status, acted }) => [status, acted])).toEqual([
        [429, false],
        [429, false],
        [200, true],
      ]);
    });
  });

  it('throttle above a ceiling of concurrent requests of one account', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    await withSimulator(
      async (simulator) => {
        const nine = () => Promise.all(Array.from({ length: 9 }, () => ask(simulator, messages)));
        const crowd = nine();
        while (simulator.log.length < 9) await new Promise((resolve) => setImmediate(resolve));
        open();
        const statuses = (await crowd).map(({ status }) => status).sort();
        expect(statuses).toEqual([200, 200, 200, 429, 429, 429, 429, 429, 429]);
        expect((await ask(simulator, messages)).status).toBe(200);
        simulator.faults.concurrencyLimit = undefined;
        expect((await nine()).every(({ status }) => status === 200)).toBe(true);
      },
      { latencyMs: 1, delay: () => gate, concurrencyLimit: 3 },
    );
  });

  it('keep nobody else out by a request that was refused for being one too many', async () => {
    const open: (() => void)[] = [];
    await withSimulator(
      async (simulator) => {
        const statuses: number[] = [];
        const begin = async (count: number) => {
          void ask(simulator, messages).then(({ status }) => statuses.push(status));
          while (open.length < count) await new Promise((resolve) => setImmediate(resolve));
        };
        await begin(1);
        await begin(2);
        open[0]?.();
        while (statuses.length < 1) await new Promise((resolve) => setImmediate(resolve));
        await begin(3);
        for (const go of open) go();
        while (statuses.length < 3) await new Promise((resolve) => setImmediate(resolve));
        expect(statuses.toSorted()).toEqual([200, 200, 429]);
      },
      { latencyMs: 1, delay: () => new Promise<void>((go) => open.push(go)), concurrencyLimit: 1 },
    );
  });

  it.each([
    [{ kind: 'serverError', acted: false }, 'active'],
    [{ kind: 'serverError', acted: true }, 'suspended'],
    [{ kind: 'reset', acted: false }, 'active'],
    [{ kind: 'reset', acted: true }, 'suspended'],
  ] as const satisfies readonly (readonly [Fault, string])[])('%j leaves the account %s', async (fault, status) => {
    await withSimulator(async (simulator, world) => {
      simulator.faults.add({ fault });
      const reply = await suspend(simulator).catch(() => 'reset');
      expect(fault.kind === 'reset' ? reply : (reply as { status: number }).status).toBe(
        fault.kind === 'reset' ? 'reset' : 500,
      );
      expect(world.sub.status).toBe(status);
      expect(simulator.log.at(-1)?.acted).toBe(fault.acted);
    });
  });

  it('strike only the operation and account they name, until they are switched off', async () => {
    await withSimulator(async (simulator) => {
      const off = simulator.faults.add({ fault: { kind: 'unauthorized' }, account: subSid });
      simulator.faults.add({ fault: { kind: 'serverError', acted: false, status: 503 }, operationId: 'ListCall' });
      const below = (sid: string, what: string) => ask(simulator, `/2010-04-01/Accounts/${sid}/${what}.json`);
      expect((await below(subSid, 'Messages')).status).toBe(401);
      expect((await below(mainSid, 'Messages')).status).toBe(200);
      expect((await below(mainSid, 'Calls')).status).toBe(503);
      off();
      expect((await below(subSid, 'Messages')).status).toBe(200);
      simulator.faults.clear();
      expect((await below(mainSid, 'Calls')).status).toBe(200);
    });
  });

  it('let as many requests through as told before they strike', async () => {
    await withSimulator(
      async (simulator) => {
        const statuses: number[] = [];
        for (let count = 0; count < 5; count += 1) statuses.push((await ask(simulator, messages)).status);
        expect(statuses).toEqual([200, 200, 401, 401, 200]);
      },
      { faults: [{ fault: { kind: 'unauthorized' }, skip: 2, times: 2 }] },
    );
  });

  it('cut bodies short of their announced length', async () => {
    await withSimulator(
      async (simulator) => {
        await expect(ask(simulator, messages)).rejects.toThrow(/aborted|hang up/);
      },
      { faults: [{ fault: { kind: 'cutBody', at: 100 } }] },
    );
  });

  it('cut gzip streams inside replies that are whole', async () => {
    await withSimulator(
      async (simulator) => {
        const { status, headers, bytes } = await ask(simulator, messages, { gzip: true });
        expect([status, headers['content-length'], bytes.length]).toEqual([200, '50', 50]);
        expect(() => gunzipSync(bytes)).toThrow(/unexpected end/);
      },
      { faults: [{ fault: { kind: 'cutGzip', at: 50 } }] },
    );
  });

  it('answer with a web page or nothing, as status 200', async () => {
    await withSimulator(async (simulator) => {
      simulator.faults.add({ fault: { kind: 'html' }, times: 1 });
      simulator.faults.add({ fault: { kind: 'emptyBody' }, skip: 1 });
      const page = await ask(simulator, messages);
      expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html' } });
      expect(page.text).toContain('<!doctype html>');
      expect(await ask(simulator, messages)).toMatchObject({ status: 200, text: '' });
    });
  });

  it('send slow bodies that are whole in the end', async () => {
    await withSimulator(async (simulator) => {
      const whole = await ask(simulator, messages);
      simulator.faults.add({ fault: { kind: 'slowBody', ms: 2 } });
      expect((await ask(simulator, messages)).text).toBe(whole.text);
    });
  });

  it('mislead paging to another host or to the same page', async () => {
    await withSimulator(async (simulator) => {
      const path = `${messages}?PageSize=2`;
      const off = simulator.faults.add({ fault: { kind: 'wrongNextPage', to: 'anotherHost' } });
      expect((await ask(simulator, path)).body['next_page_uri']).toMatch(
        /^https:\/\/api\.twilio\.com\.attacker\.example\//,
      );
      const { body } = await ask(simulator, '/v1/Events', { host: 'monitor.twilio.com' });
      expect((body['meta'] as JsonObject)['next_page_url']).toMatch(/attacker/);
      off();
      simulator.faults.add({ fault: { kind: 'wrongNextPage', to: 'itself' } });
      expect((await ask(simulator, path)).body['next_page_uri']).toBe(path);
    });
  });

  it('drop and repeat items of a page', async () => {
    await withSimulator(async (simulator) => {
      const sids = async () => {
        const { body } = await ask(simulator, messages);
        return (body['messages'] as JsonObject[]).map((row) => row['sid']);
      };
      const whole = await sids();
      const off = simulator.faults.add({ fault: { kind: 'dropItem' } });
      expect(await sids()).toEqual(whole.slice(1));
      off();
      simulator.faults.add({ fault: { kind: 'repeatItem' } });
      expect(await sids()).toEqual([...whole, ...whole.slice(-1)]);
    });
  });

  it('wait as long as told, through the delay that was given', async () => {
    const waits: number[] = [];
    const delay = async (ms: number) => {
      waits.push(ms);
    };
    await withSimulator(
      async (simulator) => {
        await ask(simulator, messages);
        simulator.faults.add({ fault: { kind: 'latency', ms: 700 } });
        const { headers } = await ask(simulator, messages);
        expect(waits).toEqual([75, 775]);
        expect(headers['twilio-request-duration']).toBe('0.775');
      },
      { latencyMs: 100, random: () => 0.25, delay },
    );
  });

  it('hang until the simulator stops', async () => {
    const simulator = await startSimulator({ world: smallWorld() });
    simulator.faults.add({ fault: { kind: 'hang', acted: true } });
    const hung = suspend(simulator).then(
      () => 'answered',
      () => 'gone',
    );
    while (simulator.log.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await simulator.stop();
    expect(await hung).toBe('gone');
    expect(simulator.log.at(-1)).toMatchObject({ mutation: true, acted: true, status: undefined });
  });
});

describe('the log', () => {
  it('holds every request and no credential', async () => {
    await withSimulator(async (simulator) => {
      await ask(simulator, messages);
      await suspend(simulator);
      await ask(simulator, '/nowhere');
      expect(simulator.log).toMatchObject([
        { operationId: 'ListMessage', method: 'GET', path: messages, mutation: false, status: 200 },
        { operationId: 'UpdateAccount', mutation: true, acted: true, body: 'Status=suspended' },
        { operationId: undefined, status: 404 },
      ]);
      expect(JSON.stringify(simulator.log)).not.toContain('token-of-1');
      expect(JSON.stringify(simulator.log)).not.toContain(btoa(`${mainSid}:token-of-1`));
    });
  });
});
