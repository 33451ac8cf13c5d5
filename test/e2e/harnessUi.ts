import type { Frame, Locator, Page } from 'playwright-core';

/** Runs a command from the palette, as a person does. `title` as the palette shows it, category included. */
export async function palette(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  const picker = quickPick(page);
  await picker.input.waitFor();
  await picker.input.fill(`>${title}`);
  await picker.row(title).click();
}

/** The icon of a view container in the activity bar. */
export function viewContainer(page: Page, title: string): Locator {
  return page.locator(`.activitybar .action-item a[aria-label^="${title}"]`);
}

/** A row of a tree by its accessible name. */
export function treeItem(page: Page, name: string | RegExp): Locator {
  return page.getByRole('treeitem', { name });
}

/** Chooses from the context menu of a row. */
export async function contextMenu(row: Locator, label: string | RegExp): Promise<void> {
  const item = row.page().getByRole('menuitem', { name: label });
  await row.click({ button: 'right' });
  // A menu takes no click at the moment it opens: click until it is gone.
  for (let tries = 0; tries < 5 && (tries === 0 || (await item.isVisible())); tries++) {
    await item.click();
    await item.waitFor({ state: 'hidden', timeout: 1000 }).catch(() => {});
  }
  await item.waitFor({ state: 'hidden', timeout: 1000 });
}

/** The message of a notification that holds this text. */
export function toast(page: Page, text: string | RegExp): Locator {
  return page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
}

/** The quick pick or input box at the top of the window. */
export function quickPick(page: Page): {
  readonly input: Locator;
  readonly rows: Locator;
  row(label: string | RegExp): Locator;
} {
  const widget = page.locator('.quick-input-widget:visible');
  const rows = widget.locator('.quick-input-list .monaco-list-row');
  return { input: widget.locator('input.input'), rows, row: (label) => rows.filter({ hasText: label }).first() };
}

/**
 * Chooses a file in the window's own file dialog. The dialog reads the folder while one types: what it then puts into its box
 * replaces the path, and a key pressed meanwhile is lost, so path and key are given again until the dialog is gone.
 */
export async function chooseFile(page: Page, file: string): Promise<void> {
  const { input } = quickPick(page);
  await input.waitFor();
  const chosen = async () => {
    if (await input.isVisible()) {
      await input.fill(file, { timeout: 2000 });
      await page.waitForTimeout(500);
      if ((await input.inputValue({ timeout: 2000 })) === file) await input.press('Enter', { timeout: 2000 });
    }
    await input.waitFor({ state: 'hidden', timeout: 3000 });
    return true;
  };
  for (let attempt = 0; attempt < 10; attempt++) if (await chosen().catch(() => false)) return;
  throw new Error(`The file dialog did not take ${file}.`);
}

/** Takes what an input box proposes, until `next` is there: a box that is still opening loses the key. */
export async function acceptInput(page: Page, next: Locator): Promise<void> {
  for (let tries = 0; tries < 8; tries++) {
    await page.waitForTimeout(500);
    await page.keyboard.press('Enter');
    if (
      await next.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      )
    )
      return;
  }
  throw new Error('An input box did not take Enter.');
}

/** An item of the status bar by what it shows. */
export function statusBarItem(page: Page, text: string | RegExp): Locator {
  return page.locator('.statusbar-item', { hasText: text }).first();
}

/** The document of the webview that holds `selector`: two frames down in the page. */
export async function webviewFrame(page: Page, selector: string, timeoutMs = 20_000): Promise<Frame> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    for (const frame of page.frames().filter((each) => each.parentFrame())) {
      // A frame that navigates away while we look throws: it is simply not the one.
      if (await frame.$(selector).catch(() => null)) return frame;
    }
    await page.waitForTimeout(50);
  }
  throw new Error(`No webview holds ${selector}.`);
}

const themes = {
  dark: { label: 'Dark 2026', style: 'vs-dark' },
  light: { label: 'Light 2026', style: 'vs' },
  'high-contrast-dark': { label: 'Dark High Contrast', style: 'hc-black' },
  'high-contrast-light': { label: 'Light High Contrast', style: 'hc-light' },
} as const;

export type Theme = keyof typeof themes;
export const allThemes: readonly Theme[] = ['dark', 'light', 'high-contrast-dark', 'high-contrast-light'];

/** Changes the colour theme as a person does and waits until the window wears it. */
export async function setTheme(page: Page, theme: Theme): Promise<void> {
  const { label, style } = themes[theme];
  await palette(page, 'Preferences: Color Theme');
  await quickPick(page)
    .input.and(page.getByPlaceholder(/Color Theme/))
    .waitFor();
  await quickPick(page).input.fill(label);
  await quickPick(page).row(label).click();
  await quickPick(page).input.waitFor({ state: 'hidden' });
  await page.locator(`.monaco-workbench.${style}`).waitFor();
}
