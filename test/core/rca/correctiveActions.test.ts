import { expect, test } from 'vitest';
import { toMarkdown } from '../../../src/adapters/markdown.ts';
import { consoleSteps } from '../../../src/core/consoleStepRegistry.ts';
import { causeHints } from '../../../src/core/rca/causes.ts';
import { correctiveActions } from '../../../src/core/rca/correctiveActions.ts';
import { createRca } from '../../../src/core/rca/createRca.ts';
import type { ContainmentStep } from '../../../src/core/rca/facts.ts';
import { createSupportPacket } from '../../../src/core/rca/supportPacket.ts';
import { writtenToast } from '../../../src/core/rca/writtenToast.ts';
import { actions } from '../../../src/core/registry.ts';
import { someFacts } from './facts.ts';

const step = (action: string, target: string, seq: number, more: Partial<ContainmentStep> = {}): ContainmentStep => ({
  at: 0,
  action,
  target,
  outcome: 'done',
  citations: [`J${seq}`],
  ...more,
});
const rca = (...containment: ContainmentStep[]) => toMarkdown(createRca(someFacts({ containment })));

test('what containment did is shown as done, for what and by which record, and not proposed again', () => {
  const text = rca(
    step('Rotate Auth Token', 'Acme', 22),
    step('Delete API Key', 'evil', 23),
    step('Close Country for SMS', 'Russia', 24),
  );
  expect(text).toContain(
    `| Rotate the Auth Token of every affected account | E1:17 | ${'partly, 1 of 2 accounts: done for `Acme` (J22); not recorded for `Acme Pay` | ✍ | ✍'} |`,
  );
  expect(text).toContain(
    'replace the others | E1:17 | partly: done for `evil` (J23); not known how many there are in `Acme`, `Acme Pay`: collect the keys | ✍ | ✍ |',
  );
  expect(text).toMatch(
    /\| Close countries [^|]*\|[^|]*\| partly: done for `Russia` \(J24\); not recorded for others \| ✍ \| ✍ \|/,
  );
  expect(text).toContain('- `Russia` (RU) (E2, E3): closed (J24)');
  expect(text).toContain('- `Latvia` (LV)\n');
  // Twilio's name for a country may differ; the target holds its code.
  const named = rca(step('Close Country for SMS', 'Russian Federation', 24, { sid: `AC${'1'.repeat(32)} SMS RU` }));
  expect(named).toContain('- `Russia` (RU) (E2, E3): closed (J24)');
});

test('what was refused or taken back is proposed', () => {
  const title = '| Rotate the Auth Token of every affected account | E1:17 | to do | ✍ | ✍ |';
  expect(rca(step('Rotate Auth Token', 'Acme', 22, { outcome: 'refused' }))).toContain(title);
  const reopened = rca(step('Close Country for SMS', 'Russia', 24, { undo: 'undone (J25)' }));
  expect(reopened).not.toContain('done for');
  expect(reopened).not.toContain(': closed');
});

test('every containment that counts as a corrective action exists', () => {
  const titles = new Set([...actions.map(({ title }) => title.replace('…', '')), ...consoleSteps.map(({ id }) => id)]);
  const named = correctiveActions.flatMap(({ doneBy = [] }) => doneBy);
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((title) => !titles.has(title))).toEqual([]);
});

test('an indicator that was hit calls for its actions, and is named beside its evidence; everyday ones are not', () => {
  const hit = (id: string, severity: 'warning' | 'notice') => ({
    id,
    title: '',
    sentence: '',
    severity,
    citations: ['E6:3'],
  });
  const hits = [hit('T2', 'warning'), hit('S1', 'notice'), hit('constructor', 'warning')];
  const text = toMarkdown(createRca(someFacts({ verdict: { sentence: '', at: 0, hits } })));
  expect(text).toMatch(/\| Let the Dial verb call an allow-list only[^|]*\| T2: E6:3 \| to do \| ✍ \| ✍ \|/);
  expect(text).toMatch(/\| Close countries [^|]*\| T2: E6:3 \|/);
  expect(text).not.toContain('Check outgoing texts');
});

test('countries that an event enabled before the attack were opened, not left open, and the event is cited', () => {
  const { logs, asOf } = someFacts();
  const [login] = logs?.events ?? [];
  if (!logs || !login) throw new Error('events expected');
  const row = {
    ...{ country: 'RU', name: 'Russia', observed: 9, expected: 0, excess: 9, blocked: 0 },
    citations: ['E2'],
  };
  const rows = [{ ...row, since: asOf, firstSeen: asOf }];
  const opening = {
    ...login,
    at: asOf - 3_600_000,
    type: 'sms-geographic-permissions.updated',
    address: 'new' as const,
  };
  const said = (description: string, at = opening.at, traffic = rows) =>
    causeHints(
      someFacts({ traffic, logs: { ...logs, events: [{ ...opening, description, at, citations: ['E1:3'] }] } }),
    ).find(({ cause }) => cause === 'permissive-geo');
  expect(said('SMS geographic permission for RU enabled')).toMatchObject({
    sentence:
      'One country that you usually send nothing to was enabled by one change of the geo-permissions from an address not seen before, first 2026-11-21 02:14 UTC: opened before the attack, not left open.',
    citations: ['E1:3', 'E2'],
  });
  const usual = 'One country that you usually send nothing to could be sent to.';
  const enabled = 'SMS geographic permission for RU enabled';
  expect(said(enabled.replace('enabled', 'disabled'))?.sentence).toBe(usual);
  expect(said(enabled.replace('RU', 'UZ'))?.sentence).toBe(usual);
  expect(said(enabled, asOf + 1)?.sentence).toBe(usual);
  const two = [...rows, ...rows.map((one) => ({ ...one, country: 'UZ' }))];
  expect(said(enabled, opening.at, two)?.sentence).toMatch(
    /^One country .* was enabled .*, not left open\. One country/,
  );
});

test('one subaccount is not called subaccounts', () => {
  const { logs } = someFacts();
  const [login] = logs?.events ?? [];
  if (!logs || !login) throw new Error('events expected');
  const made = { ...login, type: 'account.created' };
  const said = (events: (typeof login)[]) => causeHints(someFacts({ logs: { ...logs, events } })).at(-1)?.sentence;
  expect(said([made])).toBe('One subaccount was created in the window: check who asked for it.');
  expect(said([made, made])).toBe('2 subaccounts were created in the window: check who asked for them.');
});

test('only keys that an indicator marks speak for an exposed credential', () => {
  const { logs } = someFacts();
  const [login] = logs?.events ?? [];
  if (!logs || !login) throw new Error('events expected');
  const made = (n: number) => ({ ...login, type: 'account-api-keys.created', source: 'api', citations: [`E1:${n}`] });
  const events = [made(1), made(2), made(3)];
  const [a4, a5] = ['warning', 'notice'].map((severity, n) => ({
    ...{ id: `A${n + 4}`, title: '', sentence: '', citations: [`E1:${n + 2}`, 'J9'] },
    severity: severity as 'warning' | 'notice',
  }));
  if (!a4 || !a5) throw new Error('hits expected');
  const said = (hits: (typeof a4)[] | undefined) => {
    const verdict = hits && { verdict: { sentence: '', at: 0, hits } };
    return causeHints(someFacts({ verdict: undefined, ...verdict, logs: { ...logs, events } } as never))[0];
  };
  expect(said([a4, a5])).toMatchObject({ speaks: 'for', citations: ['E1:2'] });
  expect(said([a4])?.sentence).toMatch(/^A key or token was created/);
  expect(said([a5])).toMatchObject({ speaks: 'nothing', citations: [] });
  expect(said([])?.sentence).toBe('3 keys or tokens were created or changed by API; no indicator marks one of them.');
  // Nobody judged them: each of them may be the one.
  expect(said(undefined)?.citations).toEqual(['E1:1', 'E1:2', 'E1:3']);
});

test('a packet names the products its incident concerns', () => {
  const product = (changes: Parameters<typeof someFacts>[0]) =>
    /\*\*Product:\*\* (.*)/.exec(toMarkdown(createSupportPacket(someFacts(changes), [])))?.[1];
  expect(product({ type: 'SMS pumping' })).toBe('Programmable Messaging, Verify');
  expect(product({ type: 'Toll fraud' })).toBe('Programmable Voice');
  expect(product({ type: 'Account takeover' })).toBe('Programmable Messaging, Verify, Programmable Voice');
  const hits = [{ id: 'T1', title: 'Minutes rise', sentence: '', citations: [] }];
  expect(product({ type: 'SMS pumping', verdict: { sentence: '', at: 0, hits } })).toContain('Programmable Voice');
});

test('our own file names are said as they are, others stay inert', () => {
  expect(writtenToast('RCA.html', ' Open it.')).toBe('RCA.html written. Open it.');
  expect(writtenToast('RCA.md')).toBe('RCA.md written.');
  expect(writtenToast('support-packet.md')).toBe('support-packet.md written.');
  expect(writtenToast('evil.example')).not.toContain('evil.example');
});
