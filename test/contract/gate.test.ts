import { describe, expect, test } from 'vitest';
import { changes } from '../../src/core/twilio/changes.ts';
import { type OperationId, operationOf } from '../../src/core/twilio/operations.ts';
import { type TwilioRequest, toHttp } from '../../src/core/twilio/request.ts';
import { connect, json, serve } from '../adapters/twilio/loopback.ts';
import { mainSid } from '../simulator/smallWorld.ts';
import { type DocumentedChange, documentedChanges } from './everyOperation.ts';
import { extensionRequests } from './extensionRequests.ts';

const documented = documentedChanges();
const place = ({ method, host, path }: Pick<DocumentedChange, 'method' | 'host' | 'path'>) =>
  `${method} ${host}${path.replace(/\{\w+\}/g, '{}')}`;
const listed = Object.keys(changes).map((id) => operationOf(id as OperationId));
const isListed = new Set(listed.map(place));
const own = extensionRequests.filter(({ operation }) => Object.hasOwn(changes, operation));

/** True for what can be spelled out, and so could be sent. */
const passes = (request: TwilioRequest) => {
  try {
    return toHttp(request).path !== '';
  } catch {
    return false;
  }
};

test('of all changes Twilio documents, those on the list exist, each once', () => {
  expect(documented.length).toBeGreaterThan(600);
  expect(
    documented
      .filter((one) => isListed.has(place(one)))
      .map(({ operationId }) => operationId)
      .toSorted(),
  ).toEqual(listed.map(({ operationId }) => operationId).toSorted());
});

test('nothing on the list closes an account, empties a body, or deletes messages, calls or recordings', () => {
  for (const { mutation, method, path } of listed) {
    expect(Object.values(mutation?.form ?? {}).flat()).not.toContain('closed');
    expect(Object.keys(mutation?.form ?? {})).not.toContain('Body');
    if (method === 'DELETE') expect(path).not.toMatch(/Messages|Calls|Recordings|Media|Accounts\/\{AccountSid\}\.json/);
  }
});

test('none of the others leaves this computer, however it is asked for', async () => {
  const { port, seen } = await serve((_seen, response) => json(response, {}));
  const { twilio } = connect(port, { mode: () => 'containment' });
  const others = documented.filter((one) => !isListed.has(place(one)));
  const refused = await Promise.all(
    others.map(({ operationId }) => {
      const operation = operationId as OperationId;
      const form = { Status: 'closed' };
      const asked = twilio.send({ operation, account: mainSid, form });
      return asked.then(
        () => operationId,
        () => undefined,
      );
    }),
  );
  expect(refused.filter((one) => one !== undefined)).toEqual([]);
  expect(seen).toEqual([]);
  expect(others.length).toBe(documented.length - listed.length);
});

test('no change can be led to the place of another one', () => {
  const elsewhere = documented.map(({ path }) => path.replace(/\{\w+\}/g, mainSid));
  for (const request of own) {
    expect(passes(request)).toBe(true);
    for (const path of elsewhere) expect(passes({ ...request, continueAt: path })).toBe(false);
    for (const [name, value] of Object.entries(request.path ?? {}))
      for (const path of [...elsewhere.slice(0, 50), '', '..', '%2e%2e', '?', '#'])
        expect(passes({ ...request, path: { ...request.path, [name]: `${value}/../..${path}` } })).toBe(false);
  }
});

describe.each(own.map((request) => [request.operation, request] as const))('%s', (id, request) => {
  const { mutation } = operationOf(id);
  const about = documented.find((one) => place(one) === place(operationOf(id)));
  const allowed = mutation?.form ?? {};

  test('carries no field that Twilio documents and this extension does not need', () => {
    for (const name of Object.keys(about?.form ?? {}).filter((field) => !Object.hasOwn(allowed, field)))
      for (const value of ['', 'true', 'closed', mainSid, ...(about?.form[name] ?? [])])
        expect([name, value, passes({ ...request, form: { ...request.form, [name]: value } })]).toEqual([
          name,
          value,
          false,
        ]);
  });

  test('carries no value that is not listed', () => {
    for (const [name, rule] of Object.entries(allowed)) {
      if (typeof rule === 'string') continue;
      for (const value of [...(about?.form[name] ?? []), 'closed', ''].filter((one) => !rule.includes(one)))
        expect([name, value, passes({ ...request, form: { ...request.form, [name]: value } })]).toEqual([
          name,
          value,
          false,
        ]);
    }
  });
});
