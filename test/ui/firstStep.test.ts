import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFirstStep } from '../../src/ui/firstStep.ts';
import type { Session } from '../../src/ui/session.ts';

const keys: unknown[] = [];
const heard: { tabs?: () => void; session?: (what: string) => void } = {};
let shown: object[] = [];
vi.mock('vscode', () => ({
  commands: { executeCommand: async (...told: unknown[]) => void keys.push(told.at(-1)) },
  window: {
    tabGroups: {
      get all() {
        return [{ tabs: shown }];
      },
      onDidChangeTabs: (listener: () => void) => {
        heard.tabs = listener;
        return { dispose: () => undefined };
      },
    },
  },
  Disposable: {
    from: (...all: { dispose(): void }[]) => ({ dispose: () => all.forEach((one) => void one.dispose()) }),
  },
}));

const text = { input: { uri: 'file:///a' } };
const page = { input: undefined };
const session = {
  current: undefined as object | undefined,
  onDidChange: (listener: (what: string) => void) => {
    heard.session = listener;
    return { dispose: () => undefined };
  },
};
const begin = () =>
  createFirstStep(
    session as object as Session,
    (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  );

beforeEach(() => {
  vi.useFakeTimers();
  keys.length = 0;
  shown = [text];
  session.current = {};
});
afterEach(() => {
  vi.useRealTimers();
});

test('the key of an open account follows the page of the steps, once VS Code knows them', async () => {
  const ended = begin();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(keys).toEqual([]);
  shown = [text, page];
  heard.tabs?.();
  await vi.advanceTimersByTimeAsync(5000);
  expect(keys).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(keys).toEqual([true]);
  session.current = undefined;
  heard.session?.('connection');
  expect(keys).toEqual([true, false]);
  ended.dispose();
});

test('an account that is opened after the page is told at once, and what ends tells nothing more', async () => {
  session.current = undefined;
  shown = [page];
  begin();
  await vi.advanceTimersByTimeAsync(6000);
  session.current = {};
  heard.session?.('connection');
  expect(keys).toEqual([false, true]);
  begin().dispose();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(keys).toEqual([false, true]);
});
