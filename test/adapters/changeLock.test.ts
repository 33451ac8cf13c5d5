import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createChangeLock } from '../../src/adapters/changeLock.ts';
import { applyPlan } from '../../src/core/contain/apply.ts';
import { makePlan, type Plan } from '../../src/core/contain/plan.ts';
import { actionOf, leverCases } from '../core/contain/leverCases.ts';
import { connection, withLevers } from '../core/contain/leverWorld.ts';

/** Looks more often than a window does; on a busy machine three others may take seconds. */
const delay = (milliseconds: number) => setTimeout(milliseconds / 3);
/** The lock is one of the whole machine: another run of these tests must not hold it. */
const own = (account: string) => `${account} ${process.pid}`;

function lockOf(account: string, wait = delay) {
  const folder = mkdtempSync(path.join(tmpdir(), 'change-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return () => createChangeLock({ folder, account: own(account), delay: wait });
}

test('four windows that start the same plan at once change each target once', async () => {
  for (const one of leverCases) {
    const window = lockOf(`AC ${one.action} ${one.target.account}`);
    await withLevers(async (at) => {
      one.prepare?.(at.world);
      const plans = await Promise.all([1, 2, 3, 4].map(() => makePlan(actionOf(one), [one.target], at.planning)));
      const apply = (plan: Plan) => () => applyPlan(plan, { connectionId: connection.id, ...at });
      const ends = await Promise.all(plans.map((plan) => window()(apply(plan))));
      const results = ends.flatMap(({ outcomes }) => outcomes.map(({ result }) => result));
      expect([one.action, ...results.toSorted()]).toEqual([one.action, 'already', 'already', 'already', 'done']);
      const requests = (plans[0]?.items ?? []).flatMap(({ sweep, requests: fixed }) => [...sweep, ...fixed]);
      expect(at.changes()).toHaveLength(requests.length + (one.later ?? []).length);
    });
  }
});

test('a window whose work fails lets the next one in, and its failure is its own', async () => {
  const window = lockOf('AC fails');
  await expect(window()(() => Promise.reject(new Error('broke')))).rejects.toThrow('broke');
  expect(await window()(async () => 'in')).toBe('in');
});

test('a window that does not finish keeps the others out, with a sentence', async () => {
  const window = lockOf('AC busy', async () => {});
  let finish = () => {};
  const busy = window()(
    () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
  );
  await setTimeout(50);
  await expect(window()(async () => 'in')).rejects.toThrow('Another window is changing this account');
  finish();
  await busy;
});

test('a process that is killed holds nothing', async () => {
  const window = lockOf('AC killed');
  const source = path.resolve(import.meta.dirname, '../../src/adapters/changeLock.ts');
  const script = `import { createChangeLock } from ${JSON.stringify(source)};
    createChangeLock({ folder: ${JSON.stringify(tmpdir())}, account: ${JSON.stringify(own('AC killed'))}, delay: async () => {} })(() => {
      console.log('held');
      return new Promise(() => setInterval(() => {}, 1000));
    });`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(await window()(async () => 'in')).toBe('in');
});
