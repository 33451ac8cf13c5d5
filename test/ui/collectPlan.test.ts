import { expect, test, vi } from 'vitest';
import { privacyEntry } from '../../src/core/evidence/privacy.ts';
import type { JournalEntry } from '../../src/core/ports.ts';
import type { OpenConnection } from '../../src/ui/session.ts';
import { server } from '../core/evidence/collect/fakes.ts';
import { main, noon, someIncident } from '../core/incidentView/facts.ts';
import { journal } from '../core/incidentView/journal.ts';
import { createFakeVscode, type Question } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({ module: {} as object }));
vi.mock('vscode', () => fake.module);

let asked: string[] = [];
let answer: (question: Question) => unknown = () => undefined;
fake.module = createFakeVscode({
  workspace: '',
  answer: (question) => {
    asked.push(question.title);
    return answer(question);
  },
}).module as object;

/** How message bodies will be kept that are collected after these records, and how many questions that took. */
async function planned(...records: readonly JournalEntry[]) {
  asked = [];
  const { planCollection } = await import('../../src/ui/collectPlan.ts');
  const connection = { id: 'one', name: 'Acme', account: main, credential: { kind: 'authToken' }, demo: false };
  const { bodies } = await planCollection({
    ...{ incident: someIncident(), records: journal(...records), accounts: [{ sid: main, name: 'Acme' }] },
    clock: { now: () => noon },
    open: { connection, twilio: server({}).twilio } as object as OpenConnection,
    wanted: { sources: ['keys'] },
    lost: new Set(),
  });
  return { bodies, questions: asked.length };
}

test('how message bodies are kept is asked once per incident; whole ones are kept only when that is chosen', async () => {
  expect(await planned()).toEqual({ bodies: 'masked', questions: 1 });
  answer = ({ entries }) => entries[1];
  expect(await planned()).toEqual({ bodies: 'full', questions: 1 });
  for (const chosen of ['masked', 'full'] as const)
    expect(await planned(privacyEntry(chosen))).toEqual({ bodies: undefined, questions: 0 });
});
