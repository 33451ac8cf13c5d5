import { beforeEach, describe, expect, test } from 'vitest';
import suspendSubaccount from '../../../src/core/actions/suspendSubaccount.ts';
import { applyPlan } from '../../../src/core/contain/apply.ts';
import { makePlan, type Plan } from '../../../src/core/contain/plan.ts';
import { planText } from '../../../src/core/contain/planText.ts';
import type { SubaccountTarget, Target } from '../../../src/core/contain/target.ts';
import { undoable } from '../../../src/core/contain/undo.ts';
import { UserError } from '../../../src/core/errors.ts';
import type { Connection } from '../../../src/core/model/connection.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import { actions } from '../../../src/core/registry.ts';
import { describe as describeRequest } from '../../../src/core/twilio/request.ts';
import { type FakeTwilio, fakeTwilio, sid } from '../fakeTwilio.ts';

const main = sid('AC', 0) as AccountSid;
const connection: Connection = {
  id: main,
  name: 'Acme',
  account: main,
  credential: { kind: 'authToken' },
  demo: false,
};
const subaccount = (number: number): SubaccountTarget => ({
  kind: 'subaccount',
  account: sid('AC', number) as AccountSid,
  name: `Shop ${number}`,
  status: 'active',
});
const target = (number: number): Target => subaccount(number);
const clock = { now: () => Date.parse('2026-11-21T12:00:00Z') };

let live: Record<string, string>;
let events: string[];
let entries: JsonObject[];
let onSend: (account: string) => void;
let liveCalls: { sid: string; status: string }[];
let onEnd: (sid: string) => void;
let twilio: FakeTwilio;
const journal = {
  async append(entry: JsonObject) {
    entries.push(entry);
    events.push(`journal ${String(entry['type'])}`);
  },
};

beforeEach(() => {
  live = { [sid('AC', 1)]: 'active', [sid('AC', 2)]: 'active' };
  events = [];
  entries = [];
  liveCalls = [];
  onEnd = (ended) => {
    liveCalls = liveCalls.filter((call) => call.sid !== ended);
  };
  onSend = (account) => {
    live[account] = 'suspended';
  };
  twilio = fakeTwilio({
    fetchAccount: ({ account }) => {
      events.push('read');
      return { sid: account, status: live[account] ?? 'unknown' };
    },
    updateAccountStatus: ({ account }) => {
      events.push('send');
      onSend(account);
      return { sid: account, status: 'suspended' };
    },
    listCalls: ({ query }) => liveCalls.filter(({ status }) => status === query?.['Status']),
    endCall: ({ path }) => {
      events.push('end call');
      onEnd(String(path?.['Sid']));
      return { sid: String(path?.['Sid']), status: 'completed' };
    },
    listPhoneNumbers: () => [],
    listUsageToday: () => [{ count: '812', price: '40.6', price_unit: 'usd' }],
  });
});

const plan = (...targets: Target[]) =>
  makePlan(suspendSubaccount, targets, { connection, twilio, clock, newId: () => 'plan1' });
const context = () => ({ connectionId: connection.id, twilio, journal, clock });
const apply = async (made: Plan) => (await applyPlan(made, context())).outcomes;
const lines = (made: Plan) => made.items.flatMap(({ sweep, requests }) => [...sweep, ...requests].map(describeRequest));

test('a plan changes nothing and says what depends on the target', async () => {
  liveCalls = [{ sid: sid('CA', 1), status: 'ringing' }];
  const made = await plan(target(1));
  expect(twilio.sent).toEqual([]);
  expect(made.items[0]?.blastRadius).toContainEqual({
    name: 'Outbound SMS so far today (UTC)',
    value: '812, 40.60 USD',
  });
  expect(made.items[0]?.blastRadius).toContainEqual({
    name: 'Calls under way now',
    value: '1; suspension does not end them, so they are ended one by one, before and after',
  });
});

test('evidence that cannot be read is shown as unknown and does not stop the plan', async () => {
  twilio = fakeTwilio({
    fetchAccount: () => ({ status: 'active' }),
    listCalls: () => {
      throw new UserError('server', 'failed');
    },
    listPhoneNumbers: () => [],
    listUsageToday: () => [],
  });
  const made = await plan(target(1));
  expect(made.items[0]?.blastRadius.find(({ name }) => name === 'Calls under way now')?.value).toContain('unknown');
});

test('what is shown is what is sent, and in this order: read, record the intent, send, read back, record the outcome', async () => {
  liveCalls = [{ sid: sid('CA', 1), status: 'in-progress' }];
  const made = await plan(target(1));
  events = [];
  const outcomes = await apply(made);
  expect(outcomes.map(({ result }) => result)).toEqual(['done']);
  expect(events).toEqual(['read', 'journal intent', 'end call', 'send', 'read', 'journal outcome']);
  expect(twilio.sent.map(describeRequest)).toEqual(lines(made));
  expect(entries.find(({ type }) => type === 'intent')?.['requests']).toEqual(lines(made));
  expect(planText(made, connection, clock.now())).toContain(lines(made)[0]);
});

describe('nothing is sent', () => {
  test('to the main account', async () => {
    const made = await plan({ ...target(0), account: main });
    expect(made.items).toEqual([]);
    expect(made.refused[0]?.reason).toContain('main account');
  });

  test('when the target already is as wanted', async () => {
    live[sid('AC', 1)] = 'suspended';
    expect((await plan(target(1))).already).toHaveLength(1);
  });

  test('when the state moved after the plan was made', async () => {
    const made = await plan(target(1));
    live[sid('AC', 1)] = 'closed';
    expect((await apply(made))[0]?.result).toBe('refused');
    expect(twilio.sent).toEqual([]);
  });

  test('when somebody else did it meanwhile', async () => {
    const made = await plan(target(1));
    live[sid('AC', 1)] = 'suspended';
    expect((await apply(made))[0]?.result).toBe('already');
    expect(twilio.sent).toEqual([]);
  });

  test('for a plan of another account', async () => {
    const made = await plan(target(1));
    await expect(applyPlan(made, { ...context(), connectionId: 'other' })).rejects.toThrow('another account');
    expect(twilio.sent).toEqual([]);
  });

  test('when the intent cannot be recorded', async () => {
    const made = await plan(target(1), target(2));
    const broken = { append: () => Promise.reject(new UserError('not-allowed', 'disk full')) };
    const { outcomes, journalFailure } = await applyPlan(made, { ...context(), journal: broken });
    expect(outcomes.map(({ result }) => result)).toEqual(['not-tried', 'not-tried']);
    expect(journalFailure?.message).toBe('disk full');
    expect(twilio.sent).toEqual([]);
  });

  test('after the person stopped it', async () => {
    const made = await plan(target(1));
    const stopped = { aborted: true, addEventListener() {}, removeEventListener() {} };
    const { outcomes } = await applyPlan(made, context(), stopped);
    expect(outcomes.map(({ result }) => result)).toEqual(['not-tried']);
    expect(twilio.sent).toEqual([]);
  });

  test('to a subaccount that is closed by now, whatever the row says', async () => {
    live[sid('AC', 1)] = 'closed';
    expect((await plan(target(1))).refused[0]?.reason).toContain('closed');
  });
});

test('what was done is in the result even when its outcome cannot be recorded, and nothing further is sent', async () => {
  const made = await plan(target(1), target(2));
  const fails = {
    append: async ({ type }: JsonObject) => {
      if (type === 'outcome') throw new UserError('not-allowed', 'disk full');
    },
  };
  const { outcomes, journalFailure } = await applyPlan(made, { ...context(), journal: fails });
  expect(outcomes.map(({ result }) => result)).toEqual(['done', 'not-tried']);
  expect(journalFailure?.message).toBe('disk full');
  expect(twilio.sent).toHaveLength(1);
});

describe('what Twilio holds decides, not what it answered', () => {
  test('a success that changed nothing is refused', async () => {
    onSend = () => {};
    expect((await apply(await plan(target(1))))[0]?.result).toBe('refused');
  });

  test('a state that is neither old nor wanted is unknown', async () => {
    onSend = (account) => {
      live[account] = 'closed';
    };
    expect((await apply(await plan(target(1))))[0]?.result).toBe('unknown');
  });

  test('a lost reply that acted is done', async () => {
    onSend = (account) => {
      live[account] = 'suspended';
      throw new UserError('outcome-unknown', 'The connection broke.');
    };
    expect((await apply(await plan(target(1))))[0]?.result).toBe('done');
  });

  test('a result that cannot be read back is unknown, never done', async () => {
    const made = await plan(target(1));
    onSend = () => {
      live[sid('AC', 1)] = 'suspended';
      twilio.page = async () => {
        throw new UserError('network', 'Twilio could not be reached.');
      };
    };
    const [outcome] = await apply(made);
    expect(outcome?.result).toBe('unknown');
    expect(outcome?.sentence).toContain('Check in the Console');
  });
});

test('after one that does not end well the rest is not tried', async () => {
  onSend = () => {
    throw new UserError('not-permitted', 'Twilio refused it.');
  };
  const outcomes = await apply(await plan(target(1), target(2)));
  expect(outcomes.map(({ result }) => result)).toEqual(['refused', 'not-tried']);
  expect(twilio.sent).toHaveLength(1);
  expect(entries.filter(({ type }) => type === 'outcome')).toHaveLength(2);
});

test('undo is offered for what was done, and brings the state back through a plan of its own', async () => {
  const made = await plan(target(1));
  const undo = undoable(made, await apply(made), actions);
  expect(undo?.undoWith.id).toBe('reactivateSubaccount');
  onSend = (account) => {
    live[account] = 'active';
  };
  const back = await makePlan(undo?.undoWith ?? suspendSubaccount, undo?.targets ?? [], {
    connection,
    twilio,
    clock,
    newId: () => 'plan2',
  });
  expect((await apply(back)).map(({ result }) => result)).toEqual(['done']);
  expect(live[sid('AC', 1)]).toBe('active');
});

test('evidence that would change something is refused', async () => {
  const evidence = (one: SubaccountTarget) =>
    Object.fromEntries(suspendSubaccount.requests(one, {}).map((request) => ['oops', request]));
  const careless = { ...suspendSubaccount, evidence };
  await expect(makePlan(careless, [target(1)], { connection, twilio, clock, newId: () => 'plan' })).rejects.toThrow(
    'with a change',
  );
});

test('what cannot be undone is never offered for undo', async () => {
  const made = await plan(target(1));
  const final = { ...made, action: { ...made.action, reversibility: 'irreversible' as const } };
  expect(undoable(final, await apply(made), actions)).toBeUndefined();
});

test('a list of 1,000 is told as 1,000 or more', async () => {
  const facts = suspendSubaccount.blastRadius(
    { numbers: Array.from({ length: 1000 }, () => ({})), usage: [] },
    subaccount(1),
    { status: 'active', 'Calls under way': '0' },
  );
  expect(facts.find(({ name }) => name === 'Numbers that go silent')?.value).toBe('1000 or more');
});

test('undo is not offered for what was not done', async () => {
  onSend = () => {};
  const made = await plan(target(1));
  expect(undoable(made, await apply(made), actions)).toBeUndefined();
});

test('hostile names stay inert in the plan', async () => {
  const made = await plan({ ...target(1), name: 'x](command:evil)\u202E\u0007 https://evil.example' });
  const text = planText(made, connection, clock.now());
  expect([text.includes('\u202E'), text.includes('\u0007')]).toEqual([false, false]);
  expect(text).not.toContain('https://evil.example');
});
