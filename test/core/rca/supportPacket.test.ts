import { expect, test } from 'vitest';
import { toMarkdown } from '../../../src/adapters/markdown.ts';
import type { CapturedRow } from '../../../src/core/evidence/evidenceStore.ts';
import { createRca } from '../../../src/core/rca/createRca.ts';
import { exampleMessages } from '../../../src/core/rca/exampleMessages.ts';
import { lint } from '../../../src/core/rca/lint.ts';
import { createSupportPacket } from '../../../src/core/rca/supportPacket.ts';
import type { Verdict } from '../../../src/core/rca/verdict.ts';
import { message } from '../../adapters/evidence/captures.ts';
import { main } from '../incidentView/facts.ts';
import { someFacts } from './facts.ts';

const rows = (count: number, fields = {}): CapturedRow[] =>
  Array.from({ length: count }, (_, n) => ({
    source: 'messages',
    account: main,
    file: 'evidence/messages-0001.jsonl.gz',
    line: n + 1,
    row: message(n, fields),
  }));
const wanted = { countries: new Set(['RU']), since: Date.parse('2026-11-20T09:00:00Z'), idOf: () => 'E2' };

test('a support packet has what Twilio asks for, and at least three message SIDs', async () => {
  const examples = await exampleMessages(rows(9, { messaging_service_sid: `MG${'7'.repeat(32)}` }), wanted);
  expect(examples).toHaveLength(5);
  const text = toMarkdown(createSupportPacket(someFacts({ type: 'SMS pumping' }), examples));
  for (const part of [
    `- **Account SID:** \`AC${'2'.repeat(32)}\`, \`Acme Pay\`, impacted\n- **Account SID:** \`AC${'1'.repeat(32)}\``,
    '**Product:** Programmable Messaging, Verify',
    '**Date and time:** since 2026-11-20 22:14 UTC',
    '**Looked at:** 2026-11-20 20:14 UTC to 2026-11-21 03:14 UTC',
    '**Recipient country:** `Russia` `RU`',
    '**Prefixes:** `+7958111xxxx`',
    '**Sending numbers:** +14155550100',
    'the last four digits are masked, except of own sending numbers',
    'E and J numbers in brackets name files and journal records of our own investigation',
    `**Messaging service:** \`MG${'7'.repeat(32)}\``,
    `- \`SM${'0'.repeat(31)}2\`, 2026-11-20 10:00 UTC (E2:3)`,
    '2026-11-20 21:14 UTC: API key created by API `from 203.0.113.42`',
    '2026-11-21 02:14 UTC: `Suspend Subaccount` `Acme Pay`, done',
  ])
    expect(text).toContain(part);
  // Own numbers are no finding where the extension wrote them, and are one anywhere else.
  const findings = (of: string) => lint(of).filter(({ code }) => code === 'unmasked-number').length;
  expect(findings(text)).toBe(0);
  expect(findings(`${text}\n- **Sending numbers:** +14155550100\n`)).toBe(1);
  expect(text).not.toContain('three messages at least');
  expect(text).not.toMatch(/\+7958111\d/);
});

test('the time of a packet is that of the attack, not of the window that was looked at, where anything tells it', () => {
  const told = (changes: Parameters<typeof someFacts>[0]) =>
    /\*\*Date and time:\*\* (.*)/.exec(toMarkdown(createSupportPacket(someFacts(changes), [])))?.[1];
  const scope: Verdict['scope'] = {
    accounts: [],
    currency: 'USD',
    callCurrency: 'USD',
    phishing: { messages: 0, delivered: 0, recipients: 0, reached: 0 },
    first: Date.UTC(2026, 10, 20, 23, 1),
    last: Date.UTC(2026, 10, 21, 2, 47),
  };
  const verdict: Verdict = { sentence: '', at: 0, hits: [], types: [], scope };
  expect(told({ verdict })).toBe('2026-11-20 23:01 UTC to 2026-11-21 02:47 UTC');
  expect(told({})).toBe('since 2026-11-20 22:14 UTC');
  expect(told({ traffic: [] })).toBe('2026-11-20 20:14 UTC to 2026-11-21 03:14 UTC');
});

test('document and packet call the incident what the verdict calls it, and what it was opened as only when that differs', () => {
  const of = (...types: NonNullable<Verdict['types']>[number][]) => {
    const facts = someFacts({ type: 'SMS pumping', verdict: { sentence: '', at: 0, hits: [], types } });
    const said = [createSupportPacket(facts, []), createRca(facts)].map(
      (document) => /\*\*Type:\*\* (.*)/.exec(toMarkdown(document))?.[1],
    );
    expect(new Set(said).size).toBe(1);
    return said[0];
  };
  const takeover = { type: 'account-takeover', grade: 'confirmed' } as const;
  expect(of(takeover, { type: 'sms-pumping', grade: 'likely' })).toBe(
    'Account takeover (confirmed), SMS pumping (likely)',
  );
  expect(of(takeover)).toBe('Account takeover (confirmed); opened as SMS pumping');
  expect(of({ ...takeover, grade: 'possible' })).toBe('SMS pumping');
});

test('the same country closed in two accounts is told with its account', () => {
  const step = { at: 0, action: 'Close Country for SMS', target: 'Russia', outcome: 'done' } as const;
  const containment = ['1', '2'].map((n) => ({
    ...step,
    account: `AC${n.repeat(32)}`,
    sid: `AC${n.repeat(32)} SMS RU`,
  }));
  const text = toMarkdown(createSupportPacket(someFacts({ containment }), []));
  expect(text).toContain('`Close Country for SMS` `Russia` in `Acme`, done');
  expect(text).toContain('`Close Country for SMS` `Russia` in `Acme Pay`, done');
});

test('messages of other countries, from before or inbound are no examples, and too few are said to be too few', async () => {
  expect(await exampleMessages(rows(5, { to: '+4915112345678' }), wanted)).toEqual([]);
  expect(await exampleMessages(rows(5, { direction: 'inbound' }), wanted)).toEqual([]);
  expect(await exampleMessages(rows(5), { ...wanted, since: Date.parse('2026-11-21T00:00:00Z') })).toEqual([]);
  const two = await exampleMessages(rows(2), wanted);
  expect(toMarkdown(createSupportPacket(someFacts(), two))).toContain(
    '✍ Support asks for the SIDs of three messages at least.',
  );
  expect(toMarkdown(createSupportPacket(someFacts(), []))).toContain('✍ Which messages show it?');
});

test('a packet shows the calls and messages that indicators rest on, everyday ones aside', () => {
  const [call, message] = [`CA${'5'.repeat(32)}`, `SM${'6'.repeat(32)}`];
  const hit = (id: string, severity: 'critical' | 'notice', sid: string) => ({
    ...{ id, title: '', sentence: '', severity, citations: ['E5:3'] },
    examples: [{ sid, at: 0, citation: 'E5:3' }],
  });
  const packet = (...hits: ReturnType<typeof hit>[]) =>
    toMarkdown(createSupportPacket(someFacts({ verdict: { sentence: '', at: 0, hits } }), []));
  const calls = packet(hit('T2', 'critical', call), hit('T7', 'notice', `CA${'7'.repeat(32)}`));
  expect(calls).toContain(`## Call SIDs\n\n- \`${call}\`, 1970-01-01 00:00 UTC (E5:3)\n`);
  expect(calls).toContain('No message shows it; the calls below do.');
  expect(calls).not.toContain('CA7777');
  expect(packet(hit('S1', 'critical', message))).toContain(`- \`${message}\`, 1970-01-01 00:00 UTC (E5:3)`);
});

test('the demo’s packet says that it is not to be sent', () => {
  expect(toMarkdown(createSupportPacket(someFacts({ demo: true }), []))).toContain('Do not send this to Twilio.');
});
