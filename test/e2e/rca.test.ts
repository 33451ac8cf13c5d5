import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openWorkbench, screenshot } from './harness.ts';
import { chooseFile, palette, quickPick, statusBarItem, toast, treeItem, webviewFrame } from './harnessUi.ts';

/** A started incident of the demo with its RCA in the editor; gives its folder. */
async function openRca(page: Page, workspace: string): Promise<string> {
  await statusBarItem(page, /Northwind Pharmacy/).waitFor({ timeout: 60_000 });
  await palette(page, 'Twilio Incident: Start Incident…');
  await quickPick(page).row('SMS pumping').click();
  await page.waitForTimeout(500);
  await page.keyboard.press('Enter');
  await quickPick(page).row('Production OTP').waitFor();
  await page.keyboard.press('Enter');
  await quickPick(page).row('Last 7 days').click();
  await toast(page, 'SMS pumping is open').waitFor();
  await palette(page, 'Twilio Incident: Create RCA');
  await page.getByRole('tab', { name: /RCA\.md/ }).waitFor({ timeout: 60_000 });
  const [name = ''] = readdirSync(path.join(workspace, 'incidents'));
  return path.join(workspace, 'incidents', name);
}

test('an entry of the timeline is dropped into the RCA, which is exported through the window’s own dialogs', async () => {
  const { page, workspace } = await openWorkbench({ marker: true });
  const folder = await openRca(page, workspace);
  const rca = path.join(folder, 'RCA.md');
  await page.getByRole('button', { name: /^Timeline Section/ }).click();
  const entry = treeItem(page, /Investigation opened/);
  await entry.waitFor();
  const line = page.locator('.view-line', { hasText: 'Root cause analysis' }).first();
  await line.waitFor();
  const [from, to] = [await entry.boundingBox(), await line.boundingBox()];
  if (!from || !to) throw new Error('Nothing to drag, or nowhere to drop it.');
  await page.mouse.move(from.x + 60, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + 80, from.y + from.height / 2 + 4, { steps: 4 });
  await page.mouse.move(to.x + 60, to.y + to.height / 2, { steps: 12 });
  await page.waitForTimeout(500);
  await page.mouse.up();
  await page.locator('.view-line', { hasText: 'UTC: Investigation opened, journal begins (J1)' }).waitFor();
  await screenshot(page, 'rca-dropped');
  await page.keyboard.press('Control+S');
  await expect
    .poll(() => readFileSync(rca, 'utf8'), { timeout: 10_000 })
    .toMatch(/^# Root cause analysis\n- \d{4}-\d\d-\d\d \d\d:\d\d UTC: Investigation opened, journal begins \(J1\)\n/);

  for (const [choice, name] of [
    ['Web page (HTML)', 'out.html'],
    ['Twilio’s form (plain Markdown)', 'out.md'],
  ] as const) {
    const file = path.join(workspace, name);
    await palette(page, 'Twilio Incident: Export RCA…');
    await quickPick(page).row(choice).waitFor();
    await screenshot(page, `rca-export-${name.slice(4)}`);
    await quickPick(page).row(choice).click();
    await page.waitForTimeout(500);
    await chooseFile(page, file);
    await expect.poll(() => existsSync(file), { timeout: 10_000 }).toBe(true);
  }
  expect(readFileSync(path.join(workspace, 'out.html'), 'utf8')).toContain('<h1>Root cause analysis</h1>');
  expect(readFileSync(path.join(workspace, 'out.md'), 'utf8')).toMatch(/^# Root cause analysis\n/);

  await palette(page, 'Markdown: Open Preview');
  await page.getByRole('tab', { name: /Preview RCA\.md/ }).waitFor();
  const preview = await webviewFrame(page, 'h3:has-text("Timeline")');
  await screenshot(page, 'rca-preview');
  expect(await preview.locator('table').count()).toBeGreaterThan(4);
  // The picture is one of the incident's own files.
  const figure = preview.locator('img[alt^="Messages by hour"]');
  await figure.scrollIntoViewIfNeeded();
  await expect
    .poll(() => figure.evaluate((image) => 'naturalWidth' in image && Number(image.naturalWidth) > 0))
    .toBe(true);
  await screenshot(page, 'rca-preview-figure');
  await preview.locator('h3', { hasText: 'Timeline' }).scrollIntoViewIfNeeded();
  await page.mouse.move(800, 400);
  await page.mouse.wheel(0, 500);
  await page.waitForTimeout(2000);
  await screenshot(page, 'rca-preview-timeline');
});
