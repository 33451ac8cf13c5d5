import { expect, test, vi } from 'vitest';
import { enforceTwoFactor as step } from '../../src/core/consoleSteps/enforceTwoFactor.ts';
import type { Twilio } from '../../src/core/ports.ts';
import { hour, mainSid, noon, sid } from '../simulator/smallWorld.ts';
import { createFakeVscode } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({ module: {} as object }));
vi.mock('vscode', () => fake.module);

const look = 2;
const vscode = createFakeVscode({ workspace: '/', answer: ({ kind, entries }) => kind === 'pick' && entries[look] });
fake.module = vscode.module as object;

/** What is recorded when the Console wrote one event at this time; the incident was started at noon, its window begins a day before. */
async function confirming(at: number): Promise<readonly unknown[]> {
  const { guideConsoleSteps } = await import('../../src/ui/consoleSteps.ts');
  const recorded: unknown[] = [];
  const hold = async (work: () => Promise<unknown>) => {
    held.push('held');
    return work();
  };
  const held: string[] = [];
  const journal = {
    records: [],
    append: async (entry: unknown) => {
      expect(held.length).toBeGreaterThan(0);
      recorded.push(entry);
    },
  };
  const items = [
    {
      sid: sid('AE', 1),
      event_type: 'security-settings.updated',
      event_date: new Date(at).toISOString(),
      source: 'web',
      source_ip_address: '203.0.113.42',
    },
  ];
  const page: Twilio['page'] = async () => ({ items, body: {} }) as never;
  await guideConsoleSteps([step], {
    session: { current: { connection: { account: mainSid }, twilio: { page } }, hold },
    incidents: {
      current: {
        journal,
        incident: { accounts: [], created: noon, window: { from: noon - 24 * hour, to: noon } },
      },
      hold,
    },
    preview: { show: async () => undefined, close: async () => undefined },
    clock: { now: () => noon + hour },
    refresh: () => undefined,
  } as never);
  return recorded;
}

test('what an attacker did before the incident was started does not confirm that a step was done', async () => {
  expect(await confirming(noon - hour)).toEqual([]);
  const [entry] = await confirming(noon + 60_000);
  expect(entry).toMatchObject({ type: 'console-step', event: { sid: sid('AE', 1) } });
  // Whose event it is, a person has to judge.
  expect(vscode.told.filter((one) => typeof one === 'string').join(' ')).toContain('203.0.113.42');
});
