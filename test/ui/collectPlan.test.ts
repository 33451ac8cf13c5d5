import { expect, test, vi } from 'vitest';
import { privacyEntry } from '../../src/core/evidence/privacy.ts';
import type { SourceId } from '../../src/core/evidence/source.ts';
import type { JournalEntry } from '../../src/core/ports.ts';
import type { OpenConnection } from '../../src/ui/session.ts';
import { server } from '../core/evidence/collect/fakes.ts';
import { hour, main, noon, someIncident } from '../core/incidentView/facts.ts';
import { captured, journal } from '../core/incidentView/journal.ts';
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
  return plannedAt(noon, ['keys'], records);
}

async function plannedAt(now: number, sources: readonly SourceId[] | undefined, records: readonly JournalEntry[]) {
  asked = [];
  const { planCollection } = await import('../../src/ui/collectPlan.ts');
  const connection = { id: 'one', name: 'Acme', account: main, credential: { kind: 'authToken' }, demo: false };
  const { bodies } = await planCollection({
    ...{ incident: someIncident(), records: journal(...records), accounts: [{ sid: main, name: 'Acme' }] },
    clock: { now: () => now },
    open: { connection, twilio: server({}).twilio } as object as OpenConnection,
    wanted: sources && { sources },
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

test('a log that was complete when it was collected is offered as complete however long the incident goes on', async () => {
  let offered: readonly unknown[] = [];
  answer = ({ entries }) => {
    offered = entries;
    return undefined;
  };
  const week = { from: noon - 7 * 24 * hour, to: noon };
  await plannedAt(noon + 2 * hour, undefined, [captured('messages', 1, main, week), privacyEntry('masked')]);
  const of = (label: string) =>
    offered.flatMap((entry) => (Object(entry).label === label ? [String(Object(entry).description)] : []));
  expect(of('Messages')).toEqual(['10 rows · complete · 2026-11-14 12:00 to 2026-11-21 12:00 UTC']);
  expect(of('Calls')).toEqual(['not collected']);
});
