import { expect, test } from 'vitest';
import { readLogFacts } from '../../../src/core/rca/logFacts.ts';
import { timelineEntries } from '../../../src/core/rca/timeline.ts';
import { main } from '../incidentView/facts.ts';
import { someFacts } from '../rca/facts.ts';
import { midnight } from './entries.ts';

const hour = 3_600_000;
const event = (sid: string, type: string, hours: number, ip = '198.51.100.1') => ({
  source: 'events' as const,
  account: main,
  file: 'evidence/events-0001.jsonl.gz',
  line: 1,
  row: {
    sid,
    event_type: type,
    event_date: new Date(midnight + hours * hour).toISOString(),
    source: 'web',
    source_ip_address: ip,
  },
});
const window = { from: midnight, to: midnight + 24 * hour };
const rows = [
  event('AE1', 'user-session.created', 1),
  event('AE2', 'user-session.created', 2),
  event('AE3', 'account-api-keys.created', -48),
  event('AE4', 'account-api-keys.created', -49),
];
const marks = new Map(
  ['AE1', 'AE3', 'J2'].map((id) => [id, { isStarred: true, notes: id === 'AE1' ? ['not one of us'] : [] }]),
);

async function entriesWith(starred: typeof marks) {
  const isStarred = (sid: string) => starred.get(sid)?.isStarred ?? false;
  const logs = await readLogFacts(rows, { window, idOf: () => 'E1', isStarred });
  const journal = ['J1', 'J2'].map((id) => ({
    at: midnight - hour,
    lane: 'Record' as const,
    what: id,
    citations: [id],
  }));
  const facts = someFacts({ window, logs, journal, marks: starred, traffic: [], containment: [] });
  return timelineEntries(facts).map(({ id, what, about = [] }) => [id ?? what, ...about.slice(1)]);
}

test('starred events are in the RCA’s timeline, everyday ones and those before the window too, with their annotations', async () => {
  expect(await entriesWith(marks)).toEqual([['AE3'], ['J2'], ['AE1', 'not one of us']]);
});

test('without stars the timeline is what it is anyway', async () => {
  expect(await entriesWith(new Map())).toEqual([]);
});

test('what is starred is not lost when there is more than a table can hold', () => {
  const journal = Array.from({ length: 300 }, (_, i) => ({
    at: midnight + i * 1000,
    lane: 'Notes' as const,
    what: 'Note:',
    citations: [`J${i}`],
  }));
  const all = (starred: typeof marks) =>
    timelineEntries(
      someFacts({ window, journal, marks: starred, traffic: [], containment: [], logs: { events: [], codes: [] } }),
    );
  expect(all(new Map()).at(-1)?.citations).toEqual(['J199']);
  const some = all(new Map([['J290', { isStarred: true, notes: [] }]]));
  expect(some).toHaveLength(200);
  expect(some.slice(-2).map(({ citations }) => citations)).toEqual([['J198'], ['J290']]);
});
