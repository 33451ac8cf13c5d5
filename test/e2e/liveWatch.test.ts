import { expect, test } from 'vitest';
import { collectIncident } from './collectedIncident.ts';
import { openWorkbench, screenshot } from './harness.ts';
import { palette, statusBarItem, toast, treeItem } from './harnessUi.ts';

test('what goes on is told by itself: one notification for all countries, and when it looked', async () => {
  const { page } = await openWorkbench({ marker: true });
  await collectIncident(page);
  await statusBarItem(page, /watching$/).waitFor();

  await palette(page, 'Twilio Incident: Start Live Watch');
  const surge = toast(page, /Live watch: traffic surges to Russia and 1 more country since .* UTC/);
  await surge.waitFor({ timeout: 60_000 });
  await statusBarItem(page, /watching, last looked \d\d:\d\d UTC/).waitFor();
  expect(await surge.count()).toBe(1);
  await treeItem(page, /^Evidence, (\d+) of \1 complete/).waitFor();
  await screenshot(page, 'live-watch');
});
