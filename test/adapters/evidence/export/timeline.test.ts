import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createSortedLines } from '../../../../src/adapters/evidence/export/sortedLines.ts';
import { collectionEntry } from '../../../../src/core/incidentView/collectionRecord.ts';
import { captured, messageRow, sidOf } from '../../../core/evidence/export/sampleRows.ts';
import { account } from '../captures.ts';
import { freshFolder } from '../journals.ts';
import { exporterOf, incidentForEach } from './incidents.ts';

const place = incidentForEach();
const spill = freshFolder();

test('the timeline has every row of every source, in the order of time', async () => {
  const rows = Array.from({ length: 3000 }, (_, i) =>
    captured(
      'messages',
      messageRow(i, { date_sent: new Date(1.79e12 + ((i * 7919) % 3000) * 1000).toISOString() }),
      i + 1,
    ),
  );
  const event = captured('events', { sid: sidOf('AE', 1), event_date: new Date(1.79e12 + 500_500).toISOString() });
  const target = place.out('x.jsonl');
  const order = { format: 'timesketch', numbers: 'masked', evidence: true, target } as const;
  const { count } = await exporterOf([...rows, event]).export(place.incident, order);
  const lines = (await readFile(target, 'utf8')).trimEnd().split('\n');
  const times = lines.map((line) => Date.parse(JSON.parse(line).datetime));
  expect([count, times.length, place.made()]).toEqual([3001, 3001, ['x.jsonl']]);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('the timeline says itself what it lacks: logs that are not complete, and files that cannot be used', async () => {
  const { journal } = place.incident;
  const accounts = [{ sid: account, name: 'Acme' }];
  await journal.append(collectionEntry({ main: account, accounts, sources: ['messages'], demo: false }));
  const target = place.out('x.jsonl');
  const order = { format: 'timesketch', numbers: 'masked', evidence: true, target } as const;
  const message = captured('messages', messageRow(1, {}), 1);
  const broken = 'The evidence in evidence/calls-0001.jsonl.gz cannot be used: +79581112233\u202e was here.';
  const { count } = await exporterOf([message], [broken]).export(place.incident, order);
  const lines = (await readFile(target, 'utf8')).trimEnd().split('\n');
  const events = lines.map((line) => JSON.parse(line));
  const lacks = events.filter(({ data_type: type }) => type === 'twilio:coverage');
  expect([count, events.length - lacks.length]).toEqual([1, 1]);
  for (const source of ['events', 'alerts', 'attempts', 'messages', 'calls', 'usage'])
    expect(lacks).toContainEqual(
      expect.objectContaining({
        evidence_source: source,
        account_sid: account,
        timestamp_desc: 'Evidence is incomplete',
        message: expect.stringMatching(new RegExp(`^Evidence is incomplete: ${source} of ${account}: .*not collected`)),
      }),
    );
  expect(lacks.filter(({ message }) => message.includes('evidence/calls-0001'))).toHaveLength(1);
  expect(lines.join()).not.toMatch(/79581112233|\u202e/);
  expect(new Set(lacks.map(({ datetime }) => Date.parse(datetime)))).toEqual(
    new Set([place.incident.incident?.window.from]),
  );
});

test('sorting over many files gives what sorting in memory gives, in equal instants too', async () => {
  const lines = Array.from({ length: 5000 }, (_, i) => ({
    at: ((i * 31) % 97) - 40,
    line: `${i} é🙂${'x'.repeat(i % 90)}\n`,
  }));
  const sorted = createSortedLines(spill.path, 8000);
  for (const line of lines) await sorted.add(line);
  const merged: string[] = [];
  for await (const line of sorted.merged()) merged.push(line);
  expect(merged).toEqual(lines.toSorted((one, other) => one.at - other.at).map(({ line }) => line));
});
