import { expect, test, vi } from 'vitest';
import { createOffers, type OffersParts } from '../../src/ui/offers.ts';

const keys = new Map<string, unknown>();
const heard: (() => void)[] = [];
const listens = (listener: () => void) => {
  heard.push(listener);
  return { dispose: () => undefined };
};
vi.mock('vscode', () => ({
  commands: { executeCommand: async (_id: string, key: string, value: unknown) => void keys.set(key, value) },
  window: {
    onDidChangeWindowState: (listener: (state: object) => void) => listens(() => listener({ focused: true })),
  },
  Disposable: { from: () => ({ dispose: () => undefined }) },
}));

/** What is offered of undo, key and token, once everything was looked at. */
async function offered(
  open: object | undefined,
  parts: { readonly undos?: readonly number[]; readonly kept?: number },
) {
  keys.clear();
  heard.length = 0;
  const known = { ...parts };
  createOffers({
    session: { current: open, onDidChange: listens },
    incidents: { onDidChange: listens },
    store: { keptKeys: () => Array(known.kept ?? 0).fill(0), keptAccounts: () => Array(known.kept ?? 0).fill(0) },
    recorder: {
      undos: async () => {
        if (!known.undos) throw new Error('the journal cannot be read');
        return { undos: known.undos.map((at) => ({ undo: { at } })) };
      },
    },
  } as object as OffersParts);
  const told = async () => {
    await vi.waitFor(() => expect(keys.size).toBe(3));
    return ['undoable', 'keptKey', 'keptToken'].map((key) => keys.get(`twilioIncident.${key}`));
  };
  return { told, known };
}

test('undo and copies are offered while there is something to undo or to copy, and not without an account', async () => {
  const open = { connection: {}, began: 10 };
  const told = async (...of: Parameters<typeof offered>) => (await offered(...of)).told();
  expect(await told(open, { undos: [], kept: 0 })).toEqual([false, false, false]);
  expect(await told(open, { undos: [11], kept: 2 })).toEqual([true, true, true]);
  expect(await told(undefined, { undos: [11], kept: 2 })).toEqual([false, false, false]);
});

test('what was done in an earlier demo is not offered; what cannot be told is, since the command says why', async () => {
  const open = { connection: {}, began: 10 };
  expect((await (await offered(open, { undos: [9] })).told())[0]).toBe(false);
  expect((await (await offered(open, {})).told())[0]).toBe(true);
});

test.each([0, 1, 2])('it is looked at again when account, incident or window change (%i)', async (place) => {
  const { told, known } = await offered({ connection: {} }, { undos: [], kept: 0 });
  expect(await told()).toEqual([false, false, false]);
  keys.clear();
  Object.assign(known, { undos: [1], kept: 1 });
  heard[place]?.();
  expect(await told()).toEqual([true, true, true]);
});
