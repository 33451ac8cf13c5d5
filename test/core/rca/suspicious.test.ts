import { expect, test } from 'vitest';
import { toMarkdown } from '../../../src/adapters/markdown.ts';
import type { CapturedRow } from '../../../src/core/evidence/evidenceStore.ts';
import { createRca } from '../../../src/core/rca/createRca.ts';
import { readLogFacts } from '../../../src/core/rca/logFacts.ts';
import { createSupportPacket } from '../../../src/core/rca/supportPacket.ts';
import { main } from '../incidentView/facts.ts';
import { someFacts } from './facts.ts';

const hour = 3_600_000;
const { asOf } = someFacts();
const onset = asOf - 5 * hour;
const usual = '198.51.100.7';
const strange = '203.0.113.42';
let line = 0;
const event = (hoursAgo: number, type: string, ip: string, description = '', actor = 'US1'): CapturedRow => {
  line += 1;
  return {
    source: 'events',
    account: main,
    file: 'evidence/events-0001.jsonl.gz',
    line,
    row: {
      sid: `AE${line}`,
      event_type: type,
      event_date: new Date(asOf - hoursAgo * hour).toISOString(),
      source: 'api',
      source_ip_address: ip,
      actor_sid: actor,
      description,
    },
  };
};
// A week of one person's work, and one night of somebody else's.
const logins = Array.from({ length: 20 }, (_, n) => event(168 - 8 * n, 'user-session.created', usual, 'daily login'));
const innocent = [
  event(150, 'account-api-keys.created', usual, 'our key'),
  event(10, 'account-api-keys.updated', usual, 'our newer key'),
];
const attack = [
  event(7, 'user-session.created', strange, 'night login'),
  event(6.5, 'account-api-keys.created', strange, 'evil key'),
  event(6.2, 'sms-geographic-permissions.updated', strange, 'RU opened'),
  event(6, 'phone-number.updated', strange, 'webhook changed'),
];
const window = { from: asOf - 168 * hour, to: asOf };

async function facts(rows = [...logins, ...innocent, ...attack]) {
  const logs = await readLogFacts(rows, { window, onset, idOf: () => 'E1' });
  return someFacts({ window, logs });
}

function section(text: string, heading: string): string {
  return text.slice(text.indexOf(heading), text.indexOf('\n## ', text.indexOf(heading) + 1));
}

test('the suspicious timestamps of a packet are the attack’s, not the oldest logins', async () => {
  const text = toMarkdown(createSupportPacket(await facts(), []));
  const timestamps = section(text, '## Suspicious timestamps');
  for (const told of ['night login', 'evil key', 'RU opened', 'webhook changed', 'begin `Russia`', '(30450) `Russia`'])
    expect(timestamps).toContain(told);
  expect(timestamps).not.toContain('daily login');
  const items = timestamps.split('\n').filter((one) => one.startsWith('- '));
  expect(items.length).toBeLessThanOrEqual(12);
  expect(items).toEqual(items.toSorted());
  // So few that the timeline keeps the ordinary ones.
  const few = toMarkdown(createSupportPacket(await facts([...logins.slice(0, 3), ...innocent, ...attack]), []));
  expect(section(few, '## Suspicious timestamps')).toContain('webhook changed');
  expect(few).not.toContain('daily login');
});

test('many logins of a new address do not crowd out its changes, nor the onset', async () => {
  const guesses = Array.from({ length: 40 }, (_, n) => event(7 - n / 60, 'user-session.created', strange, 'guess'));
  const text = toMarkdown(createSupportPacket(await facts([...logins, ...guesses, ...attack]), []));
  const timestamps = section(text, '## Suspicious timestamps');
  for (const told of ['evil key', 'RU opened', 'webhook changed', 'begin `Russia`']) expect(timestamps).toContain(told);
  expect(timestamps.split('\n').filter((one) => one.startsWith('- '))).toHaveLength(12);
});

test('what was attacked tells the key of a new address from that of a usual one, and its logins and number changes', async () => {
  const found = section(toMarkdown(createRca(await facts())), '### What was attacked');
  const accounts = found.split('\n').filter((one) => one.includes('**Account:**'));
  const keys = accounts.filter((one) => one.includes('API key created'));
  expect(keys).toHaveLength(2);
  expect(keys[0]).toContain(`from \`${strange}\`, an address not seen before, first 2026-11-20 20:44 UTC`);
  expect(keys[1]).toContain(`from \`${usual}\`, an address seen before`);
  expect(accounts.slice(0, 4).every((one) => one.includes(strange))).toBe(true);
  expect(found).toContain(`Console login from \`${strange}\``);
  expect(found).toContain(`Phone number changed from \`${strange}\``);
  expect(found).not.toContain(`Console login from \`${usual}\``);
});

test('two who share an address are told apart', async () => {
  const other = event(6.4, 'account-api-keys.created', strange, 'second key', 'US2');
  const text = toMarkdown(createRca(await facts([...logins, ...attack, other])));
  expect(text.match(/API key created from `203/g)).toHaveLength(2);
});

test('a timeline leaves ordinary events out when they would drown the attack, and says where they are', async () => {
  const timeline = section(toMarkdown(createRca(await facts())), '### Timeline');
  expect(timeline).not.toContain('daily login');
  expect(timeline).toContain('21 ordinary events from addresses seen before are left out here, to be found in E1.');
  for (const told of ['night login', 'evil key', 'our newer key', 'Containment step, done', 'Investigation opened'])
    expect(timeline).toContain(told);
  const few = section(
    toMarkdown(createRca(await facts([...logins.slice(0, 2), ...innocent, ...attack]))),
    '### Timeline',
  );
  expect(few).toContain('daily login');
  expect(few).not.toContain('left out');
});

test('starred events are not left out, ordinary as they may be', async () => {
  const known = await facts();
  const sid = known.logs?.events.find(({ title }) => title === 'Console login')?.sid ?? '';
  const marks = new Map([[sid, { isStarred: true, notes: ['odd'] }]]);
  const timeline = section(toMarkdown(createRca({ ...known, marks })), '### Timeline');
  expect(timeline.match(/daily login/g)).toHaveLength(1);
  expect(timeline).toContain('20 ordinary events');
});

test('a log that does not reach back a day calls no address new or usual', async () => {
  const { logs } = await facts(attack);
  expect(logs?.events.map(({ address }) => address)).toEqual([undefined, undefined, undefined, undefined]);
});

test('an attacker who was there since the day before the onset does not count as usual', async () => {
  const logs = await readLogFacts([event(20, 'account-api-keys.created', strange), ...attack], {
    window,
    onset,
    idOf: () => 'E1',
  });
  expect(logs.events.some(({ address }) => address === 'usual')).toBe(false);
});
