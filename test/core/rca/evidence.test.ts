import { expect, test } from 'vitest';
import { toMarkdown } from '../../../src/adapters/markdown.ts';
import { deletionEntry } from '../../../src/core/evidence/heldCaptures.ts';
import { importEntry } from '../../../src/core/evidence/importRecord.ts';
import { privacyEntry } from '../../../src/core/evidence/privacy.ts';
import type { ChainRecord } from '../../../src/core/evidence/record.ts';
import { knownEvidence } from '../../../src/core/incidentView/knownEvidence.ts';
import { createRca } from '../../../src/core/rca/createRca.ts';
import { evidenceFacts } from '../../../src/core/rca/evidenceFacts.ts';
import { hour, main, noon, someIncident, sub } from '../incidentView/facts.ts';
import { captured, journal } from '../incidentView/journal.ts';
import { someFacts } from './facts.ts';

const { window } = someIncident();
const broken = 'Twilio answered 503 for +4915112345678.';

function rca(records: readonly ChainRecord[], now = noon + hour): string {
  const { coverage, accounts } = knownEvidence(someIncident(), records, now);
  const kept = evidenceFacts(records, coverage, accounts);
  return toMarkdown(createRca(someFacts(kept ? { evidence: kept } : {})));
}

test('an RCA without evidence says how to collect it', () => {
  expect(rca(journal())).toContain('No evidence was collected for this incident.');
});

test('an RCA lists what is complete over the accounts in one row, and each that is not with the reason, numbers masked', () => {
  const text = rca(
    journal(
      captured('events', 1, main, window),
      captured('events', 2, sub, window),
      captured('messages', 3, main, window),
      captured('messages', 4, sub, window, broken),
    ),
  );
  expect(text).toMatch(
    /\| Security events \| `2 accounts` \| complete \| 20 \| 2026-11-14 12:00 UTC \| 2026-11-21 12:00 UTC \|/,
  );
  expect(text).toMatch(/\| Messages \| `Acme` \| complete \| 10 \|.*\| E3 \(33333333…\) \|/);
  expect(text).toMatch(/\| Messages \| `Acme Pay` \| partial \|/);
  expect(text).toContain('**Incomplete:**');
  expect(text).toMatch(/Messages, `Acme Pay`: partial\. .*Twilio answered 503/);
  expect(text).not.toContain('+4915112345678');
  expect(text).not.toContain('every source above was read');
});

test('an RCA says once of a source that it was not collected', () => {
  const text = rca(journal(captured('messages', 1, main, window)));
  expect(text).toMatch(/Calls, `2 accounts`: not collected\.\n/);
  expect(text).not.toContain('has not been collected');
});

test('an RCA says what even a complete reading may lack, once for all accounts, and nothing of what was not read', () => {
  const records = journal(captured('messages', 1, main, window), captured('messages', 2, sub, window));
  const text = rca(records);
  expect(text).toContain('**Limits:** what even a complete reading may lack.');
  expect(text.match(/Messages: Whether Twilio lists messages it never sent/g)).toHaveLength(1);
  expect(text).not.toContain('List prices: ');
  expect(text).toMatch(/Read soon after it happened, .*: Messages from 2026-11-21 \d\d:\d\d UTC on\.\n/);
});

test('an RCA names every file with its whole SHA-256', () => {
  const text = rca(journal(captured('messages', 10, main, window)));
  expect(text).toContain(`**E1** evidence/messages-0010.jsonl.gz, 10 rows, 1,234 bytes, SHA-256 ${'a'.repeat(64)}`);
});

test('an RCA says whether message bodies were masked', () => {
  const capture = captured('messages', 1, main, window);
  expect(rca(journal(privacyEntry('masked'), capture))).toContain('One-time codes in message bodies were masked');
  expect(rca(journal(privacyEntry('full'), capture))).toContain('Message bodies were kept in full');
});

test('an RCA tells of evidence that was deleted, when and which, and files keep their numbers', () => {
  const first = { file: 'evidence/messages-0001.jsonl.gz', sha256: '1'.repeat(64) };
  const text = rca(
    journal(captured('messages', 1, main, window), deletionEntry([first]), captured('messages', 2, main, window)),
  );
  expect(text).toContain('**Deleted:** 1 file of evidence was deleted on purpose at 2026-11-21 12:01 UTC.');
  expect(text).toContain('2026-11-21 12:01 UTC. It was:');
  expect(text).toContain(`evidence/messages-0001.jsonl.gz, SHA-256 ${'1'.repeat(64)}`);
  expect(text).toContain('**E2** evidence/messages-0002.jsonl.gz');
  expect(text).not.toContain('**E1**');
});

test('an RCA says that it is about the demo, and where its figures come from', () => {
  const text = toMarkdown(createRca(someFacts({ demo: true, trafficFrom: 'Figures from the evidence.' })));
  expect(text).toContain('Nothing in this document happened.');
  expect(text).toContain('Figures from the evidence. **Complete:**');
  expect(toMarkdown(createRca(someFacts()))).not.toContain('Nothing in this document happened.');
});

test('files that a person imported are named with rows, SHA-256 and what was not understood, and so is what was read from before', () => {
  const sha256 = 'ab'.repeat(32);
  const log = { file: 'sms [x](command:y).csv', sha256, bytes: 9, log: 'messages' as const, rows: 300, bad: 2 };
  const refused = { file: 'b.csv', rows: 0, bad: 0, refused: 'It is no log.' };
  const text = rca(journal(importEntry({ ...log, first: noon, last: noon + hour }), importEntry(refused)));
  expect(text).toMatch(
    new RegExp(
      `- \`sms .*csv\`, 300 rows from 2026-11-21 12:00 UTC to 2026-11-21 13:00 UTC, 2 not understood, SHA-256 ${sha256} \\(J1\\)`,
    ),
  );
  expect(text).toMatch(/- `b.*csv`, 0 rows, SHA-256 unknown, not taken in: `It is no log\.` \(J2\)/);
  const rejected = { file: 'evidence/rejected-0001.jsonl', sha256: 'cd'.repeat(32), rows: 2 };
  expect(rca(journal(importEntry({ ...log, rejected })))).toContain(
    `- evidence/rejected-0001.jsonl, 2 rows not understood, SHA-256 ${'cd'.repeat(32)}`,
  );
  const { evidence: kept } = someFacts();
  const lead = { source: 'Security events', account: 'Acme', state: 'complete' as const, why: [], rows: 9, files: [] };
  const facts = { sources: [{ ...lead, lead: { from: noon, rows: 7 } }], files: [], bodies: 'masked' as const };
  expect(toMarkdown(createRca(someFacts({ evidence: { ...kept, ...facts, deletions: [] } })))).toContain(
    'Security events of `Acme` were read since 2026-11-21 12:00 UTC, 7 rows before the window, to tell what is usual.',
  );
  const unknown = { ...facts, sources: [{ ...lead, lead: { from: noon } }] };
  expect(toMarkdown(createRca(someFacts({ evidence: { ...kept, ...unknown, deletions: [] } })))).toContain(
    'Security events of `Acme` were read since 2026-11-21 12:00 UTC, to tell what is usual.',
  );
});
