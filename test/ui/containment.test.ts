import { expect, test, vi } from 'vitest';
import { actions } from '../../src/core/registry.ts';
import { connection, withLevers } from '../core/contain/leverWorld.ts';
import { mainSid, noon, subSid } from '../simulator/smallWorld.ts';
import { createFakeVscode } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({ module: {} as object }));
vi.mock('vscode', () => fake.module);

let whileChoosing = () => undefined as unknown;
const vscode = createFakeVscode({
  workspace: '/',
  answer: ({ kind }) => (kind === 'pick' ? whileChoosing() : undefined),
});
fake.module = vscode.module as object;

const lever = (id: string) => actions.find((action) => action.id === id);
const undo = {
  action: lever('suspendSubaccount'),
  undoWith: lever('reactivateSubaccount'),
  connectionId: connection.id,
  targets: [{ kind: 'subaccount', account: subSid, name: 'Production OTP' }],
  left: new Map(),
  at: noon,
};

/** Runs `Undo Containment…` in a demo that began at `began`, on what the journal tells of plan `p`. Tells what was sent. */
async function undoing(began: number, meanwhile: (session: { current: unknown }) => void = () => undefined) {
  const { createContainment } = await import('../../src/ui/containment.ts');
  let changes: readonly string[] = ['not run'];
  let refused: unknown;
  await withLevers(async (at) => {
    const open = { connection: { ...connection, demo: true, account: mainSid }, began, twilio: at.twilio };
    const session = { current: open as unknown, mode: 'containment', steps: [] };
    whileChoosing = () => void meanwhile(session);
    const recorder = { undos: async () => ({ undos: [{ plan: 'p', undo, done: undo.targets }] }) };
    const containment = createContainment({ session, recorder, clock: at.clock } as never);
    await containment.undo().catch((reason: unknown) => {
      refused = reason;
    });
    changes = at.changes();
  });
  return { changes, refused: refused instanceof Error ? refused.message : '' };
}

test('a demo that began anew has nothing to undo, and says why', async () => {
  const { changes, refused } = await undoing(noon + 1);
  expect(refused).toBe(
    'There is nothing to undo. The demo began anew: what was changed in an earlier one is not there any more.',
  );
  expect(changes).toEqual([]);
});

test('an undo chosen while the account was switched is refused aloud', async () => {
  const { changes, refused } = await undoing(noon, (session) => {
    session.current = undefined;
  });
  expect(refused).toBe('The account was switched meanwhile. Nothing was sent.');
  expect(changes).toEqual([]);
});
