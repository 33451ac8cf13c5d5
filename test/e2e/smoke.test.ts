import { describe, expect, test } from 'vitest';
import { openWorkbench, screenshot } from './harness.ts';
import { allThemes, palette, quickPick, setTheme, statusBarItem, treeItem, viewContainer } from './harnessUi.ts';

describe('the installed extension', () => {
  test('shows its view container in every theme', async () => {
    const workbench = await openWorkbench();
    await viewContainer(workbench.page, 'Twilio Incident').click({ timeout: 60_000 });
    const pane = workbench.page.locator('.sidebar .composite.title', { hasText: 'Twilio Incident' });
    await pane.waitFor();
    for (const theme of allThemes) {
      await setTheme(workbench.page, theme);
      await screenshot(workbench.page, `view-container-${theme}`);
    }
    expect(await pane.isVisible()).toBe(true);
  });

  test('opens the demo incident by itself in a workspace made for it', async () => {
    const { page } = await openWorkbench({ marker: true });
    await statusBarItem(page, /read-only · demo/).waitFor({ timeout: 60_000 });
    await treeItem(page, /Northwind/).waitFor();
    await screenshot(page, 'demo-incident');
    expect(await treeItem(page, /Northwind/).getAttribute('aria-level')).toBe('1');
  });

  test('ticks the first of the first steps also when they are shown after the demo was opened', async () => {
    const { page } = await openWorkbench({ marker: true });
    await statusBarItem(page, /read-only · demo/).waitFor({ timeout: 60_000 });
    await palette(page, 'Welcome: Open Walkthrough...');
    await quickPick(page).input.fill('Investigate');
    await quickPick(page)
      .row(/Investigate a Twilio incident/)
      .click();
    await page.locator('[data-done-step-id$="#start#open"][aria-checked="true"]').first().waitFor({ timeout: 30_000 });
    await screenshot(page, 'first-steps');
  });
});
