import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { day, mainSid, noon, sid, subSid, suspendedSid } from '../smallWorld.ts';
import { type Asked, ask, withSimulator } from './client.ts';

const account = (own: string) => `/2010-04-01/Accounts/${own}.json`;
const messages = (own: string) => `/2010-04-01/Accounts/${own}/Messages.json`;
const keys = (own: string) => `/2010-04-01/Accounts/${own}/Keys.json`;
const geo = '/v1/Messaging/GeoPermissions';

const token = (number: number, password = `token-of-${number}`): Asked => ({ user: sid('AC', number), password });
const key = (number: number): Asked => ({ user: sid('SK', number), password: `secret-of-${sid('SK', number)}` });
const standard = key(101);
const main = key(102);
const restricted = key(103);

type Expected = readonly [what: string, path: string, asked: Asked, status: number, code: number | undefined];

const cases: readonly Expected[] = [
  ["an account's token", messages(mainSid), token(1), 200, undefined],
  ['a wrong token', messages(mainSid), token(1, 'wrong'), 401, 20003],
  ['an empty token', messages(mainSid), token(1, ''), 401, 20003],
  ['an unknown account', messages(mainSid), token(9), 401, 20003],
  ["a parent's token below a subaccount on v2010", messages(subSid), token(1), 200, undefined],
  ["a subaccount's token on its parent", messages(mainSid), token(2), 401, 20003],
  ["a subaccount's token on another", messages(suspendedSid), token(2), 401, 20003],
  ['an account nobody knows, in the path', account(sid('AC', 77)), token(1), 404, 20404],
  ['a standard key on messages', messages(mainSid), standard, 200, undefined],
  ['a standard key on keys', keys(mainSid), standard, 401, 20003],
  ['a standard key on the account', account(mainSid), standard, 401, 20003],
  ['a main key on keys', keys(mainSid), main, 200, undefined],
  ['a main key below a subaccount', messages(subSid), main, 401, 20003],
  ['a main key on the subaccount itself', account(subSid), main, 200, undefined],
  ['a standard key below a subaccount', messages(subSid), standard, 401, 20003],
  ['a restricted key with the permission', messages(mainSid), restricted, 200, undefined],
  ['a restricted key without it', keys(mainSid), restricted, 401, 70051],
  ['a restricted key where no permission exists', geo, { ...restricted, host: 'accounts.twilio.com' }, 401, 70051],
  ['a wrong key secret', messages(mainSid), { ...main, password: 'wrong' }, 401, 20003],
  ["a suspended account's own token", messages(suspendedSid), token(3), 401, 10001],
  ["a parent's token below a suspended subaccount", messages(suspendedSid), token(1), 200, undefined],
  ['the keys of another account on IAM', `/v1/Keys?AccountSid=${subSid}`, { host: 'iam.twilio.com' }, 401, 70051],
];

describe('credentials', () => {
  it.each(cases)('%s', async (_, path, asked, status, code) => {
    await withSimulator(async (simulator) => {
      const reply = await ask(simulator, path, asked);
      expect(reply.status).toBe(status);
      expect(reply.body['code']).toBe(code);
    });
  });

  it('name the permission a restricted key lacks', async () => {
    await withSimulator(async (simulator) => {
      const { body } = await ask(simulator, keys(mainSid), restricted);
      expect(body['message']).toContain('/twilio/iam/api-keys/list');
    });
  });

  it('decide whose resources the newer products show', async () => {
    await withSimulator(async (simulator) => {
      const host = 'messaging.twilio.com';
      const own = await ask(simulator, '/v1/Services', { host });
      const sub = await ask(simulator, '/v1/Services', { host, ...token(2) });
      expect(own.text).toContain(mainSid);
      expect(sub.text).toContain(subSid);
      expect(sub.text).not.toContain(mainSid);
    });
  });

  it('stop working when the parent account is suspended', async () => {
    await withSimulator(async (simulator, world) => {
      world.mainAccount.status = 'suspended';
      expect(await ask(simulator, messages(subSid), token(2))).toMatchObject({ status: 401 });
    });
  });

  it('do not let a subaccount see its parent or siblings in the list of accounts', async () => {
    await withSimulator(async (simulator) => {
      const { body } = await ask(simulator, '/2010-04-01/Accounts.json', token(2));
      expect((body['accounts'] as { sid: string }[]).map((one) => one.sid)).toEqual([subSid]);
    });
  });

  it('of a key that is made later are not there yet', async () => {
    await withSimulator(async (simulator, world) => {
      world.setNow(noon - 51 * day);
      expect((await ask(simulator, keys(mainSid), main)).status).toBe(401);
      expect((await ask(simulator, keys(mainSid))).body['keys']).toEqual([]);
    });
  });

  it('are asked for on 127.0.0.1 only', async () => {
    await withSimulator(async ({ port }) => {
      const connect = (host: string) =>
        new Promise<string>((resolve) => {
          const socket = net.connect(port, host, () => resolve('connected')).on('error', () => resolve('refused'));
          socket.unref();
        });
      expect(await connect('127.0.0.1')).toBe('connected');
      expect(await connect('127.0.0.2')).toBe('refused');
    });
  });

  it('are not needed to learn that a place does not exist', async () => {
    await withSimulator(async (simulator) => {
      expect(await ask(simulator, '/2010-04-01/Nothing.json')).toMatchObject({ status: 404, body: { code: 20404 } });
      expect(await ask(simulator, geo)).toMatchObject({ status: 404 });
      expect(await ask(simulator, account(mainSid), { method: 'DELETE' })).toMatchObject({
        status: 405,
        body: { code: 20004 },
      });
      const { body } = await ask(simulator, '/%E0%A4%A');
      expect(Object.keys(body).sort()).toEqual(['code', 'message', 'more_info', 'status']);
    });
  });
});
