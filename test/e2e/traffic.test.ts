import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openWorkbench, screenshot } from './harness.ts';
import { acceptInput, palette, quickPick, statusBarItem, toast, webviewFrame } from './harnessUi.ts';

test('the traffic panel: hours drawn in the chart, pictures in the incident, and still there after a reload', async () => {
  const { page, workspace, consoleErrors } = await openWorkbench({ marker: true });
  await statusBarItem(page, /Northwind Pharmacy/).waitFor({ timeout: 60_000 });
  await palette(page, 'Twilio Incident: Show Traffic by Country');
  const panel = await webviewFrame(page, 'text=/All from Production OTP/', 60_000);
  await panel.locator('.world .label', { hasText: /Russia \+/ }).waitFor();
  expect(await panel.locator('.behind th', { hasText: '+7958111xxxx' }).count()).toBe(1);
  expect(await panel.locator('.samples q').count()).toBeGreaterThan(0);

  await panel.getByRole('slider', { name: 'First hour' }).focus();
  await page.keyboard.press('PageDown');
  await panel.getByRole('columnheader', { name: 'Selected 48 h' }).waitFor();
  await panel.locator('h1').scrollIntoViewIfNeeded();
  await screenshot(page, 'traffic-brushed');
  await panel.getByText('Back to last 24 h').click();
  await panel.getByRole('columnheader', { name: 'Last 24 h' }).waitFor();
  expect(await panel.getByText('Add to RCA').isVisible()).toBe(false);

  // Another channel is read when it is chosen.
  await panel.getByRole('combobox', { name: 'Channel' }).click();
  await panel.getByRole('option', { name: 'Verify' }).click();
  await panel.locator('h2', { hasText: 'Where Verify attempts went' }).waitFor({ timeout: 60_000 });
  await panel.getByRole('columnheader', { name: 'Converted' }).waitFor();
  await screenshot(page, 'traffic-verify');
  await panel.getByRole('combobox', { name: 'Channel' }).click();
  await panel.getByRole('option', { name: 'SMS' }).click();
  await panel.locator('h2#country', { hasText: 'Russia' }).waitFor();

  // The page only says what is to be blocked: in a window that is read-only nothing is even planned.
  await panel.getByText('Block Russia…').click();
  await toast(page, 'This window is read-only').waitFor();
  await palette(page, 'Notifications: Clear All Notifications');

  for (const [choice, file] of [
    ['Table (CSV)', /^traffic-table-.*\.csv$/],
    ['Map (PNG)', /^traffic-map-.*\.png$/],
  ] as const) {
    await panel.getByText('Export…').click();
    await quickPick(page).row(choice).click();
    await page.locator('.quick-input-title', { hasText: 'Export' }).waitFor();
    await page.waitForTimeout(800);
    await page.keyboard.press('Enter');
    await toast(page, / written\./).waitFor();
    expect(readdirSync(workspace).filter((name) => file.test(name))).toHaveLength(1);
    await page.keyboard.press('Escape');
    await palette(page, 'Notifications: Clear All Notifications');
  }

  await palette(page, 'Twilio Incident: Start Incident…');
  await quickPick(page).row('SMS pumping').click();
  await acceptInput(page, quickPick(page).row('Production OTP'));
  await page.keyboard.press('Enter');
  await quickPick(page).row('Last 7 days').click();
  await toast(page, 'SMS pumping is open').waitFor();
  const again = await webviewFrame(page, 'text=/All from Production OTP/', 60_000);
  await again.getByText('Add to RCA').click();
  await toast(page, '4 files added to the incident').waitFor();
  const [incident = ''] = readdirSync(path.join(workspace, 'incidents'));
  const figures = path.join(workspace, 'incidents', incident, 'figures');
  const names = readdirSync(figures).sort();
  expect(names.map((name) => name.replace(/-\d{8}T\d{6}Z/, ''))).toEqual([
    'traffic-heat.svg',
    'traffic-map.svg',
    'traffic-series.svg',
    'traffic-table.csv',
  ]);
  expect(statSync(figures).mode & 0o777).toBe(0o700);
  expect(readFileSync(path.join(figures, names[1] ?? ''), 'utf8')).toContain('Russia +');
  const journal = readFileSync(path.join(workspace, 'incidents', incident, 'journal.jsonl'), 'utf8');
  for (const name of names) expect(journal).toContain(`"name":"figures/${name}"`);

  await again.getByRole('slider', { name: 'First hour' }).focus();
  await page.keyboard.press('PageDown');
  await again.getByText('Use as the incident’s window').click();
  await quickPick(page).row('Use these hours').click();
  await toast(page, 'The incident’s window is').waitFor();
  const window = readFileSync(path.join(workspace, 'incidents', incident, 'journal.jsonl'), 'utf8');
  expect(window).toContain('"type":"window"');
  await again.getByText('Back to last 24 h').click();
  // Rows change places while hours are counted and judged; a click can land on the one that came instead.
  const germany = again.locator('h2#country', { hasText: 'Germany' });
  const chosen = async () => {
    await again.locator('.countries [data-country="DE"]').click({ timeout: 5000 });
    return germany.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
  };
  for (let tries = 1; !(await chosen()); tries++) expect(tries).toBeLessThan(10);
  await palette(page, 'Developer: Reload Window');
  await statusBarItem(page, /Northwind Pharmacy/).waitFor({ state: 'detached', timeout: 60_000 });
  await statusBarItem(page, /Northwind Pharmacy/).waitFor({ timeout: 60_000 });
  const restored = await webviewFrame(page, 'text=/All from Production OTP/', 60_000);
  await restored.locator('h2#country', { hasText: 'Germany' }).waitFor();
  await screenshot(page, 'traffic-restored');
  expect(consoleErrors.filter((text) => /Content Security Policy|Refused to/.test(text))).toEqual([]);
});
