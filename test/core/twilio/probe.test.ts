import { describe, expect, it } from 'vitest';
import { Cancelled, UserError } from '../../../src/core/errors.ts';
import type { Connection } from '../../../src/core/model/connection.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import type { Twilio } from '../../../src/core/ports.ts';
import type { OperationId } from '../../../src/core/twilio/operations.ts';
import { probe, summarize } from '../../../src/core/twilio/probe.ts';
import { type TwilioRequest, toHttp } from '../../../src/core/twilio/request.ts';
import { proof } from '../fakeTwilio.ts';

const account = `AC${'1'.repeat(31)}f` as AccountSid;
const byToken: Connection = { id: 'c', name: 'n', account, credential: { kind: 'authToken' }, demo: false };
const byKey: Connection = { ...byToken, credential: { kind: 'apiKey', keySid: `SK${'3'.repeat(32)}` } };

function twilioThatRefuses(...refused: OperationId[]) {
  const asked: TwilioRequest[] = [];
  let active = 0;
  let most = 0;
  const twilio: Twilio = {
    async page(request) {
      asked.push(request);
      active += 1;
      most = Math.max(most, active);
      await Promise.resolve();
      active -= 1;
      if (refused.includes(request.operation)) throw new UserError('not-permitted', `No ${request.operation}.`);
      return { status: 200, body: {}, proof, items: [] };
    },
    send: () => Promise.reject(new Error('a probe changes nothing')),
  };
  return { twilio, asked, most: () => most };
}

describe('the probe after sign-in', () => {
  it('reads one thing of each area, all at once, and only that', async () => {
    const { twilio, asked, most } = twilioThatRefuses();
    const reach = await probe(twilio, byToken);
    expect(reach).toHaveLength(11);
    expect(reach.every(({ reached }) => reached)).toBe(true);
    expect(most()).toBe(11);
    for (const request of asked) {
      const { method, path } = toHttp(request);
      expect(method).toBe('GET');
      if (path.includes('PageSize')) expect(path).toMatch(/PageSize=1(&|$)/);
    }
  });

  it('tells what is out of reach with the reason', async () => {
    const { twilio } = twilioThatRefuses('listKeys', 'listAccounts');
    const reach = await probe(twilio, byKey);
    expect(reach.filter(({ reached }) => !reached).map(({ area }) => area)).toEqual(['subaccounts', 'apiKeys']);
    expect(reach.find(({ area }) => area === 'apiKeys')?.sentence).toBe('API keys: No listKeys.');
  });

  it('stops when cancelled and hides what it cannot explain', async () => {
    const failing = (error: Error): Twilio => ({
      page: () => Promise.reject(error),
      send: () => Promise.reject(error),
    });
    await expect(probe(failing(new Cancelled()), byToken)).rejects.toBeInstanceOf(Cancelled);
    const reach = await probe(failing(new Error('stack and secrets')), byToken);
    expect(JSON.stringify(reach)).not.toContain('secrets');
  });
});

describe('the summary', () => {
  const summary = async (connection: Connection, ...refused: OperationId[]) =>
    summarize(await probe(twilioThatRefuses(...refused).twilio, connection), connection);

  it('says that an Auth Token reaches everything, subaccounts too', async () => {
    const text = await summary(byToken);
    expect(text).toContain('The Auth Token of AC…111f can read everything');
    expect(text).toContain('reaches subaccounts');
  });

  it('says that an API key never reaches subaccounts', async () => {
    expect(await summary(byKey)).toContain('An API key never reaches what belongs to a subaccount');
    const standard = await summary(byKey, 'listKeys', 'listAccounts', 'fetchAccount');
    expect(standard).toContain('It cannot read: Account, Subaccounts, API keys.');
    expect(standard).toContain('needs the Auth Token, a Main key');
  });

  it('gives the reason when nothing is reached', async () => {
    const { twilio } = twilioThatRefuses();
    const none = (await probe(twilio, byKey)).map((one) => ({ ...one, reached: false, sentence: 'Wrong secret.' }));
    expect(summarize(none, byKey)).toBe('The API key SK…3333 of AC…111f reaches nothing. Wrong secret.');
  });
});
