import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { collectIncident } from './collectedIncident.ts';
import { openWorkbench, screenshot } from './harness.ts';
import { palette, quickPick, toast, treeItem } from './harnessUi.ts';

test('from the verdict to the demo incident contained in six interactions, its evidence captured first', async () => {
  const { page, workspace } = await openWorkbench({ marker: true });
  await collectIncident(page);
  await palette(page, 'Twilio Incident: Validate');
  await treeItem(page, /^Validate, 2 confirmed/).waitFor({ timeout: 60_000 });

  let interactions = 0;
  const interact = async (does: () => Promise<void>) => {
    interactions += 1;
    await does();
  };
  await interact(() => palette(page, 'Twilio Incident: Contain…'));
  await interact(() =>
    toast(page, 'This window is read-only')
      .getByRole('button', { name: /Switch to containment/ })
      .click(),
  );
  await interact(() => quickPick(page).row('Containment').click());
  await quickPick(page).row('Capture evidence first').waitFor({ timeout: 30_000 });
  await screenshot(page, 'contain-steps');
  await interact(() => page.keyboard.press('Enter'));
  await page.locator('.editor-instance', { hasText: 'nothing has been changed yet' }).waitFor({ timeout: 30_000 });
  await quickPick(page).row('Change nothing').waitFor();
  await screenshot(page, 'contain-plan');
  await interact(() =>
    quickPick(page)
      .row(/The plan: \d+ changes in \d+ steps/)
      .click(),
  );
  const asked = page.locator('.quick-input-widget:visible .quick-input-message');
  const prompt = (await asked.textContent()) ?? '';
  // `the last four characters of AC…, and “delete 3 keys”`: a part for each kind of step that cannot be undone.
  const parts = [...prompt.matchAll(/last four characters of (\w+)|“([^”]+)”/g)];
  expect(parts.length).toBeGreaterThan(1);
  await quickPick(page).input.fill(parts.map(([, sid = '', words]) => words ?? sid.slice(-4)).join(', '));
  await interact(() => page.keyboard.press('Enter'));
  expect(interactions).toBe(6);
  await toast(page, /\d+ of \d+ changes done/).waitFor({ timeout: 60_000 });
  await treeItem(page, /^Contain, [1-9]\d* of \d+ actions? done/).waitFor();
  await screenshot(page, 'contain-done');

  await treeItem(page, /^API keys/).click();
  const ownKey = treeItem(page, /^Replacement .*made by you with this extension/);
  await ownKey.waitFor({ timeout: 30_000 });
  expect(await ownKey.getAttribute('aria-label')).not.toMatch(/suspicious|critical/i);
  await screenshot(page, 'contain-own-key');

  const [incident = ''] = readdirSync(path.join(workspace, 'incidents'));
  const journal = readFileSync(path.join(workspace, 'incidents', incident, 'journal.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const done = journal.filter(({ type, result }) => type === 'outcome' && (result === 'done' || result === 'already'));
  expect([...new Set(done.map(({ action }) => action))]).toEqual([
    'rotateAuthToken',
    'createReplacementKey',
    'deleteApiKey',
    'closeSmsCountry',
    'resetWebhooks',
    'suspendSubaccount',
  ]);
  expect(
    journal.filter(({ type, result }) => type === 'outcome' && !['done', 'already'].includes(String(result))),
  ).toEqual([]);
  const first = journal.findIndex(({ type }) => type === 'evidence-first');
  expect(first).toBeLessThan(journal.findIndex(({ type }) => type === 'intent'));
  expect(journal[first]?.['result']).not.toBe('skipped');

  await palette(page, 'Twilio Incident: Console Steps…');
  await quickPick(page).row('Turn on SMS Pumping Protection').click();
  await quickPick(page).row('I Did This').waitFor();
  await screenshot(page, 'contain-console-step');
  await quickPick(page).row('I Did This').click();
  await quickPick(page).input.fill('Maya turned it on in Production OTP');
  await page.keyboard.press('Enter');
  await toast(page, /Recorded as done by your word/).waitFor();
  await quickPick(page).row('done, as somebody says').waitFor();
  await page.keyboard.press('Escape');

  await palette(page, 'Twilio Incident: Undo Containment…');
  await quickPick(page).row('Suspend Subaccount: Production OTP').waitFor();
  await screenshot(page, 'contain-undo');
  await page.keyboard.press('Escape');
});
