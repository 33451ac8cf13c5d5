import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/model/json.ts';
import { operations } from '../../src/core/twilio/operations.ts';
import type { Route } from '../../src/simulator/server/route.ts';
import { routes } from '../../src/simulator/server/routes.ts';
import type { Simulator } from '../../src/simulator/server/startSimulator.ts';
import { ask, withSimulator } from '../simulator/server/client.ts';
import { type RouteCase, routeCases } from './routeCases.ts';
import { contractOf, type Sent } from './twilioDocument.ts';

const nameOf = ({ spec, operationId }: Pick<Route, 'spec' | 'operationId'>) => `${spec}.${operationId}`;
const routeNamed = new Map(routes.map((route) => [nameOf(route), route]));

describe("replies of the simulator, held against Twilio's OpenAPI documents", () => {
  const cases = Object.entries(routeCases).flatMap(([name, all]) => all.flatMap((one) => variants(name, one)));

  it.each(cases)('%s %j', async (name, one) => {
    const { spec, operationId } = partsOf(name);
    const contract = await contractOf(spec);
    await withSimulator(async (simulator, world) => {
      one.prepare?.(world);
      const { sent, reply } = await run(simulator, name, one);
      expect(contract.requestProblems(operationId, sent)).toEqual([]);
      expect(reply.status).toBe(one.status ?? 200);
      const body = reply.text === '' ? undefined : reply.body;
      expect(contract.replyProblems(operationId, reply.status, body)).toEqual([]);
      if (operationId.startsWith('List')) expect(itemsIn(reply.body)).not.toHaveLength(0);
    });
  });

  it('are asked for on every route', () => {
    expect([...routeNamed.keys()].filter((name) => !routeCases[name]?.length)).toEqual([]);
  });

  it('exist for every operation of the extension', () => {
    const served = new Set(routes.map(({ host, method, path, ...route }) => `${nameOf(route)} ${method} ${host}`));
    const used = Object.values(operations).map(({ method, host, ...one }) => `${nameOf(one)} ${method} ${host}`);
    expect(used.filter((one) => !served.has(one))).toEqual([]);
  });
});

/** Lists are also read one row at a time, which makes their paging links appear. */
function variants(name: string, one: RouteCase): readonly (readonly [string, RouteCase])[] {
  const { operationId } = partsOf(name);
  if (!operationId.startsWith('List')) return [[name, one]];
  return [
    [name, one],
    [name, { ...one, query: [one.query, 'PageSize=1'].filter(Boolean).join('&') }],
  ];
}

async function run(simulator: Simulator, name: string, one: RouteCase) {
  const route = routeNamed.get(name);
  if (!route) throw new Error(`no route is called ${name}`);
  const earlier = one.after ? await runFirst(simulator, one.after) : {};
  const sent = request(route, one, earlier);
  const form = sent.body === undefined ? {} : { form: sent.body };
  const reply = await ask(simulator, sent.path, { method: sent.method, host: route.host, ...form });
  return { sent, reply };
}

async function runFirst(simulator: Simulator, name: string): Promise<JsonObject> {
  const [first] = routeCases[name] ?? [];
  if (!first) throw new Error(`no case is called ${name}`);
  return (await run(simulator, name, first)).reply.body;
}

function request(route: Route, { path = [], query, form }: RouteCase, earlier: JsonObject): Sent {
  const values = [...(typeof path === 'function' ? path(earlier) : path)];
  const pathname = route.path.replace(/\{\w+\}/g, () => encodeURIComponent(values.shift() ?? ''));
  const { method, host } = route;
  return { method, host, path: query ? `${pathname}?${query}` : pathname, ...(form !== undefined && { body: form }) };
}

function partsOf(name: string): { readonly spec: string; readonly operationId: string } {
  const [spec = '', operationId = ''] = name.split('.');
  return { spec, operationId };
}

function itemsIn(body: JsonObject): readonly unknown[] {
  return Object.values(body).find(Array.isArray) ?? [];
}
