import { beforeEach, expect, test, vi } from 'vitest';
import type { AccountSid } from '../../src/core/model/sid.ts';
import { connection, withLevers } from '../core/contain/leverWorld.ts';
import { mainSid, noon, subSid } from '../simulator/smallWorld.ts';
import { createFakeVscode } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({ module: {} as object }));
vi.mock('vscode', () => fake.module);

let typed = '';
const vscode = createFakeVscode({ workspace: '/', answer: ({ kind }) => (kind === 'input' ? typed : undefined) });
fake.module = vscode.module as object;
beforeEach(() => void vscode.told.splice(0));

/** Checks in a read-only window while an incident about this account is open: what was recorded, said and changed. */
async function checking(about: AccountSid, readOnly?: string) {
  const { askSafeList } = await import('../../src/ui/checkSafeList.ts');
  const recorded: unknown[] = [];
  let changes: readonly string[] = [];
  await withLevers(
    async (at) => {
      const journal = { readOnly, append: async (entry: unknown) => void recorded.push(entry) };
      const hold = async (work: () => Promise<unknown>) => work();
      await askSafeList({
        session: { current: { connection, twilio: at.twilio }, hold },
        incidents: {
          current: { journal, incident: { accounts: [{ sid: about }] } },
          hold,
        },
        clock: at.clock,
        refresh: () => undefined,
      } as never);
      changes = at.changes();
    },
    { mode: 'read-only' },
  );
  return { recorded, changes, said: vscode.told.filter((one) => typeof one === 'string').join(' ') };
}

test('what Twilio says is told and noted in the incident, also in a read-only window', async () => {
  typed = '+14155550100 +14155550199';
  const { recorded, changes, said } = await checking(mainSid);
  const told = 'On the Global Safe List: +14155550100. Not on it: +14155550199.';
  expect(said).toContain(told);
  expect(recorded).toEqual([
    { type: 'note', kind: 'note', text: `Safe list of ${mainSid}: ${told}`, happened: new Date(noon).toISOString() },
  ]);
  expect(changes).toEqual([]);
});

test('an incident about other accounts, or one that cannot be written, is not told', async () => {
  typed = '+14155550100';
  for (const { recorded, said } of [await checking(subSid), await checking(mainSid, 'It belongs to another window.')]) {
    expect(said).toContain('On the Global Safe List: +14155550100.');
    expect(recorded).toEqual([]);
  }
});

test('what is no number is not asked about', async () => {
  typed = 'call me';
  expect(await checking(mainSid)).toEqual({ recorded: [], changes: [], said: '' });
});
