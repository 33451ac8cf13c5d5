import type { Page } from 'playwright-core';
import { acceptInput, palette, quickPick, statusBarItem, toast } from './harnessUi.ts';

/** Starts an incident of SMS pumping on the demo account, as a person does, and collects all of its evidence. */
export async function collectIncident(page: Page): Promise<void> {
  await statusBarItem(page, /Northwind Pharmacy/).waitFor({ timeout: 60_000 });
  await palette(page, 'Twilio Incident: Start Incident…');
  await quickPick(page).row('SMS pumping').click();
  await acceptInput(page, quickPick(page).row('Production OTP'));
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
  await toast(page, /in the window, [\d,]+ before it\. All \d+ sources are complete/).waitFor({ timeout: 60_000 });
}
