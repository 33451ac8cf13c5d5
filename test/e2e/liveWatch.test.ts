import { expect, test } from 'vitest';
import { openWorkbench, screenshot } from './harness.ts';
import { palette, quickPick, statusBarItem, toast, treeItem } from './harnessUi.ts';

test('what goes on is told by itself: one notification for all countries, and when it looked', async () => {
  const { page } = await openWorkbench({ marker: true });
  await statusBarItem(page, /Northwind Pharmacy/).waitFor({ timeout: 60_000 });
  await palette(page, 'Twilio Incident: Start Incident…');
  await quickPick(page).row('SMS pumping').click();
  await page.waitForTimeout(500);
  await page.keyboard.press('Enter');
  await quickPick(page).row('Production OTP').waitFor();
  await page.keyboard.press('Enter');
  await quickPick(page).row('Last 7 days').click();
  await toast(page, 'SMS pumping is open')
    .getByRole('button', { name: /Collect Evidence/ })
    .click();
  await quickPick(page).row('Mask one-time codes').click();
  await quickPick(page).row('Security events').waitFor();
  await page.keyboard.press('Enter');
  await quickPick(page).row('Production OTP').waitFor();
  await page.keyboard.press('Enter');
  await toast(page, /All \d+ sources are complete/).waitFor({ timeout: 60_000 });
  await statusBarItem(page, /watching$/).waitFor();

  await palette(page, 'Twilio Incident: Start Live Watch');
  const surge = toast(page, /Live watch: traffic surges to Russia and 1 more country since .* UTC/);
  await surge.waitFor({ timeout: 60_000 });
  await statusBarItem(page, /watching, last looked \d\d:\d\d UTC/).waitFor();
  expect(await surge.count()).toBe(1);
  await treeItem(page, /^Evidence, (\d+) of \1 sources complete/).waitFor();
  await screenshot(page, 'live-watch');
});
