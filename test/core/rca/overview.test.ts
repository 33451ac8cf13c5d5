import { expect, test } from 'vitest';
import { toMarkdown } from '../../../src/adapters/markdown.ts';
import type { RcaFacts } from '../../../src/core/rca/facts.ts';
import { overview } from '../../../src/core/rca/overview.ts';
import { someFacts } from './facts.ts';

const { asOf } = someFacts();
const hour = 3_600_000;
const text = (changes: Partial<RcaFacts> = {}) => toMarkdown({ blocks: overview(someFacts(changes)) });

test('says in a few lines what happened, what came before, what Twilio did and how soon it was contained', () => {
  const { logs } = someFacts();
  const events = (logs?.events ?? []).map((one) => ({ ...one, address: 'new' as const }));
  expect(text(logs && { logs: { ...logs, events } }).split('\n')).toEqual([
    '- **What happened:** from 2026-11-20 22:14 UTC, 8,809 messages more than usual went to `Russia`, `Latvia`, sent by `Acme Pay`. Cost: 4,146.60 USD (estimated) (E2, E3)',
    '- **Before that:** from 2026-11-20 20:44 UTC, `203.0.113.42`, not seen before: Console login, API key created, Bulk export (E1:9, E1:17, E1:21)',
    '- **What Twilio did:** blocked 1,203 of them (30450), beginning in the hour of 2026-11-21 02:14 UTC (E2, E3)',
    '- **Investigated:** since 2026-11-21 01:14 UTC, 3 h after the rise began (J1)',
    '- **First contained:** 2026-11-21 02:14 UTC, 4 h after the rise began: `Suspend Subaccount` `Acme Pay` (J4)',
    '',
  ]);
});

test('of what began before the 24 hours that are counted says that the number is of these alone', () => {
  const [, row] = someFacts().traffic ?? [];
  if (!row) throw new Error('no row');
  const told = text({ traffic: [{ ...row, since: asOf - 80 * hour, firstSeen: asOf - 80 * hour }] });
  expect(told).toContain(
    '**What happened:** 8,400 messages more than usual went to `Russia`, sent by `Acme Pay`, in the 24 hours before 2026-11-21 03:14 UTC alone; it began 2026-11-17 19:14 UTC. Cost',
  );
});

test('names start and end by the guide: of a takeover the first unexpected change', () => {
  const verdict: RcaFacts['verdict'] = {
    sentence: '',
    at: asOf,
    citation: 'J9',
    hits: [{ id: 'P5', title: '', sentence: '', last: asOf - hour, citations: [] }],
    types: [
      { type: 'sms-pumping', grade: 'confirmed', start: asOf - 5 * hour },
      { type: 'account-takeover', grade: 'likely', start: asOf - 6 * hour },
      { type: 'smishing', grade: 'possible', start: asOf - 9 * hour },
    ],
  };
  // The minute of the rise in the traffic counts, not the day an indicator knows.
  const daily = { ...verdict, types: [{ type: 'sms-pumping' as const, grade: 'confirmed' as const, start: 0 }] };
  expect(text({ verdict: daily })).toContain('- **Start and end:** 2026-11-20 22:14 UTC, the first rise;');
  expect(text({ verdict })).toContain(
    '- **Start and end:** 2026-11-20 21:14 UTC, the first unexpected change in the account; last sign in the evidence 2026-11-21 02:14 UTC (J9)',
  );
});

test('takes the end from the traffic too, though the window ended before, and says when it is still on', () => {
  const window = { from: asOf - 9 * hour, to: asOf - 3 * hour };
  const verdict: RcaFacts['verdict'] = {
    sentence: '',
    at: asOf - 3 * hour,
    citation: 'J9',
    hits: [{ id: 'P5', title: '', sentence: '', last: asOf - 4 * hour, citations: [] }],
    types: [{ type: 'sms-pumping', grade: 'confirmed', start: asOf - 5 * hour }],
  };
  const [other, row] = someFacts().traffic ?? [];
  if (!row || !other) throw new Error('no rows');
  const ended = (until: number | undefined, also = row) =>
    text({
      window,
      verdict,
      traffic: [{ ...also, lastAbove: asOf - hour, ...(until === undefined ? { isOn: true } : {}) }, other],
    });
  expect(ended(asOf)).toContain('the first rise; last sign in the evidence 2026-11-21 02:14 UTC (J9)');
  expect(ended(undefined)).toContain(
    'the first rise; still on at 2026-11-21 03:14 UTC, where the traffic counted ends (J9)',
  );
  // What only volume tells is no sign of an attack that has others.
  const campaign = { ...other, label: 'review' as const, isOn: true as const, lastAbove: asOf };
  const fraud = { ...row, label: 'fraud' as const, lastAbove: asOf - 2 * hour };
  expect(text({ window, verdict, traffic: [fraud, campaign] })).toContain(
    'last sign in the evidence 2026-11-21 01:14 UTC',
  );
  const scope = { accounts: [], currency: 'USD', callCurrency: 'USD', last: asOf - 60_000 };
  expect(text({ window, verdict: { ...verdict, scope } })).toContain('last sign in the evidence 2026-11-21 03:13 UTC');
});

test('without traffic that stands out says what the surest indicators found, and that nothing was done', () => {
  const hits = [
    { id: 'S1', title: '', sentence: '2,000 messages of one text', severity: 'critical' as const, citations: ['E4:1'] },
  ];
  const told = text({ traffic: [], containment: [], verdict: { sentence: '', at: 0, hits } });
  expect(told).toContain('- **What happened:** `2,000 messages of one text` (E4:1)');
  expect(told).toContain('- **First contained:** no containment step is recorded as done yet');
  expect(told).not.toContain('not known yet');
  expect(text({ traffic: [], containment: [] })).toMatch(/^What happened is not known yet\. Collect evidence.*\n\n- /);
});
