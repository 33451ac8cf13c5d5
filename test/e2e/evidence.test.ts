import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openWorkbench, screenshot } from './harness.ts';
import { allThemes, palette, quickPick, setTheme, statusBarItem, toast, treeItem, webviewFrame } from './harnessUi.ts';

test('the evidence of the demo incident, from starting it to the RCA', async () => {
  const { page, workspace, consoleErrors } = await openWorkbench({ marker: true });
  await statusBarItem(page, /Northwind Pharmacy/).waitFor({ timeout: 60_000 });
  await screenshot(page, 'evidence-welcome');

  await palette(page, 'Twilio Incident: Start Incident…');
  await quickPick(page).row('SMS pumping').click();
  await page.waitForTimeout(500);
  await page.keyboard.press('Enter');
  await quickPick(page).row('Production OTP').waitFor();
  await screenshot(page, 'evidence-accounts');
  await page.keyboard.press('Enter');
  await quickPick(page).row('Last 7 days').click();
  await toast(page, 'SMS pumping is open').waitFor();
  await treeItem(page, /^Evidence, nothing collected yet/).waitFor();

  await toast(page, 'SMS pumping is open')
    .getByRole('button', { name: /Collect Evidence/ })
    .click();
  await quickPick(page).row('Mask one-time codes').click();
  await quickPick(page).row('Security events').waitFor();
  await screenshot(page, 'evidence-sources');
  await page.keyboard.press('Enter');
  await quickPick(page).row('Production OTP').waitFor();
  await page.keyboard.press('Enter');
  await toast(page, /All \d+ sources are complete/).waitFor({ timeout: 60_000 });
  await treeItem(page, /^Evidence, (\d+) of \1 complete/).waitFor();
  const messages = treeItem(page, /^Messages, [\d,]+ rows · complete · .* UTC/);
  await messages.waitFor();
  await screenshot(page, 'evidence-collected');
  await messages.click();
  await treeItem(page, /^Northwind Pharmacy, [\d,]+ rows · complete/).waitFor();
  await page.keyboard.press('Escape');
  for (const theme of allThemes) {
    await setTheme(page, theme);
    await page.waitForTimeout(500);
    await screenshot(page, `evidence-${theme}`);
  }

  // The phases of the guide, with what was found and what is to be done; a takeover is told in the default window, too.
  await palette(page, 'Twilio Incident: Validate');
  await toast(page, /Account takeover: confirmed/).waitFor({ timeout: 60_000 });
  await treeItem(page, /^Contain, 0 of \d actions? done/).waitFor();
  await treeItem(page, /^Next: Rotate the Auth Token/).waitFor();
  await page.keyboard.press('Escape');
  for (const theme of allThemes) {
    await setTheme(page, theme);
    await page.waitForTimeout(500);
    await screenshot(page, `validate-${theme}`);
  }
  await treeItem(page, /^Account takeover, confirmed/).click();
  await treeItem(page, /^A4 /).click();
  await treeItem(page, /^Security event, .* AE[0-9a-f]{32}/)
    .first()
    .click();
  await page.locator('.editor-instance', { hasText: 'account-api-keys' }).waitFor();
  await screenshot(page, 'validate-evidence');

  await palette(page, 'Twilio Incident: Show Collected Traffic');
  const panel = await webviewFrame(page, 'text=/Never seen before/', 60_000);
  await panel.locator('text=/Russia: [\\d,]+ messages in the last 24 h/').first().waitFor();
  await screenshot(page, 'evidence-traffic');

  await palette(page, 'Twilio Incident: Create RCA');
  await page.getByRole('tab', { name: /RCA\.md/ }).waitFor();
  await treeItem(page, /^RCA\.md/).waitFor();
  await screenshot(page, 'evidence-rca');
  const [incident] = readdirSync(path.join(workspace, 'incidents'));
  const rca = readFileSync(path.join(workspace, 'incidents', incident ?? '', 'RCA.md'), 'utf8');
  expect(rca).toMatch(/\| Messages +\| `6 accounts` +\| complete +\|/);
  expect(rca).toContain('Russia');
  expect(consoleErrors.filter((text) => /Content Security Policy|Refused to/.test(text))).toEqual([]);
});
