import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrafficState } from '../../src/core/traffic/panelState.ts';
import { hostileText } from './hostileText.ts';
import { type Pages, startPages, type TestPage } from './page.ts';
import { attackState, emptyState } from './states.ts';
import { themes } from './themes.ts';

let pages: Pages;

beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages?.close());

async function opened(state: TrafficState = attackState(), ...how: Parameters<Pages['open']>): Promise<TestPage> {
  const test = await pages.open(...how);
  await test.send({ type: 'state', body: state });
  return test;
}

async function expectQuiet(test: TestPage): Promise<void> {
  expect(await test.violations()).toEqual([]);
  expect(test.errors).toEqual([]);
  expect(test.requests).toEqual([]);
  expect(await test.page.evaluate(() => Reflect.get(window, 'executed'))).toEqual([]);
}

/** The names of the rows in the order shown, and which one is selected. */
function rowsOf({ page }: TestPage): Promise<{ names: string[]; selected: string | undefined }> {
  return page.evaluate(() => {
    const rows = [...document.querySelectorAll('.countries [data-country]')];
    const name = (row: Element | undefined) => row?.querySelector('.name')?.textContent ?? undefined;
    const chosen = rows.find((row) => row.getAttribute('aria-selected') === 'true');
    return { names: rows.map((row) => name(row) ?? ''), selected: name(chosen) };
  });
}

/** Every kind of element on the page, sorted. */
function elementNames({ page }: TestPage): Promise<string[]> {
  return page.evaluate(() =>
    [...new Set([...document.querySelectorAll('*')].map(({ localName }) => localName))].sort(),
  );
}

/** A finding with this text wherever it holds text. */
function findingSaying(text: string): NonNullable<TrafficState['rows'][number]['finding']> {
  const rate = { part: 1, whole: 2, normal: 0.5 };
  const figures = {
    scope: 'country' as const,
    from: 0,
    to: 1,
    observed: 1,
    expected: 1,
    lower: 0,
    upper: 1,
    p: 1,
    q: 1,
    blocked: 0,
  };
  const told = { blocks: [text], prefix: text, patterns: [text], sentence: text, missing: [text] };
  return { ...figures, delivery: rate, conversion: rate, ...told };
}

describe('the page under its policy', () => {
  it('notices a violation when there is one', async () => {
    const test = await opened();
    await test.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'executed.push(1)';
      document.body.append(script);
      const styled = document.createElement('p');
      styled.setAttribute('style', 'color: red');
      document.body.append(styled);
    });
    await test.page.waitForTimeout(100);
    const text = (await test.violations()).join('\n');
    expect(text).toContain('script-src');
    expect(text).toContain('style-src');
    await test.page.close();
  });

  it.each(Object.entries(themes))('is quiet and takes the colours of %s', async (_, theme) => {
    const test = await opened(attackState(), theme);
    await test.page.getByText('Show as table').click();
    await test.page.getByRole('combobox', { name: 'Account' }).click();
    const colour = await test.page.evaluate(() => {
      const control = document.querySelector('tii-button')?.shadowRoot?.querySelector('[part=control]');
      return control ? getComputedStyle(control).color : '';
    });
    const [r, g, b] = [1, 3, 5].map((at) =>
      Number.parseInt((theme.variables['--vscode-button-secondaryForeground'] ?? '').slice(at, at + 2), 16),
    );
    expect(colour).toBe(`rgb(${r}, ${g}, ${b})`);
    await expectQuiet(test);
    await test.page.close();
  });

  it('shows 55 hostile texts in every field as text', async () => {
    for (const text of hostileText) expect(text).not.toBe('');
    expect(hostileText.length).toBeGreaterThanOrEqual(50);
    const test = await opened();
    const state = attackState(0);
    await test.page.getByText('Show as table').click();
    await test.send({
      type: 'state',
      body: {
        ...state,
        gaps: ['x'],
        comparison: 'x',
        incident: { title: 'x', window: null },
        rows: state.rows.map((row) => ({ ...row, finding: findingSaying('x') })),
      },
    });
    const before = await elementNames(test);
    for (const text of hostileText) {
      await test.send({
        type: 'state',
        body: {
          ...state,
          failure: text,
          gaps: [text],
          accounts: state.accounts.map((account) => ({ ...account, name: text })),
          rows: state.rows.map((row) => ({
            ...row,
            name: text,
            sentence: text,
            origin: text,
            verdict: text,
            finding: findingSaying(text),
          })),
          comparison: text,
          heat: state.heat.map((one) => ({ ...one, name: text })),
          incident: { title: text, window: null },
          selected: state.selected && {
            ...state.selected,
            ranges: state.selected.ranges.map((one) => ({ ...one, range: text })),
            senders: state.selected.senders.map((one) => ({ ...one, name: text })),
            samples: state.selected.samples.map((one) => ({ ...one, body: text, from: text, outcome: text })),
          },
        },
      });
      const seen = await test.page.evaluate(() =>
        [
          ...document.querySelectorAll(
            'h2#country, .sentence, .failure, .gaps li, .name, .who, tii-option, q, .behind th, .evidence dd, .against',
          ),
        ].map((node) => node.textContent),
      );
      expect(seen.filter((value) => value === text).length, text).toBeGreaterThanOrEqual(16);
    }
    await test.page.waitForTimeout(200);
    await expectQuiet(test);
    expect(await elementNames(test)).toEqual(before);
    await test.page.close();
  });

  it('ignores what is not a message of the protocol', async () => {
    const test = await opened();
    const before = await rowsOf(test);
    for (const wrong of [
      null,
      'state',
      { type: 'state' },
      { type: 'state', body: {} },
      { type: 'state', body: { ...emptyState, extra: 1 } },
      { type: '__proto__', body: {} },
    ])
      await test.send(wrong);
    expect(await rowsOf(test)).toEqual(before);
    await expectQuiet(test);
    await test.page.close();
  });
});

describe('by keyboard', () => {
  it('arrows select countries, and new numbers keep the focus', async () => {
    const test = await opened();
    const { page } = test;
    await page.locator('tii-data-grid').focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
    const asked = (await test.posted()).slice(1);
    // The first row is selected already; the second and the third are asked for.
    expect(asked).toEqual([
      { type: 'select', body: { country: 'LV' } },
      { type: 'select', body: { country: 'AA' } },
    ]);
    const state = attackState();
    const moved = {
      ...state,
      rows: state.rows.toReversed(),
      selected: state.selected && { ...state.selected, country: state.rows[2]?.country },
    };
    await test.send({ type: 'state', body: moved });
    expect((await rowsOf(test)).selected).toBe('Country AA');
    expect((await rowsOf(test)).names[0]).toBe(state.rows.at(-1)?.name);
    expect(
      await page.evaluate(() => document.activeElement?.closest('[data-country]')?.getAttribute('data-country')),
    ).toBe('AA');
    await expectQuiet(test);
    await page.close();
  });

  it('Tab reaches the selectors, the buttons, the map, the chart’s edges and the table, and focus is seen', async () => {
    const test = await opened();
    const { page } = test;
    const reached: string[] = [];
    for (let i = 0; i < 13; i++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate(
          () =>
            document.activeElement?.closest('tii-dropdown, tii-button, tii-data-grid, .world, .edge, .heat')
              ?.localName ?? '',
        ),
      );
    }
    expect(reached).toEqual([
      'tii-dropdown',
      'tii-dropdown',
      'tii-dropdown',
      'tii-button',
      'tii-button',
      'div',
      'tii-button',
      'tii-button',
      'rect',
      'rect',
      'tii-button',
      'tii-button',
      'tii-data-grid',
    ]);
    const outline = await page.evaluate(() => {
      const cell = document.querySelector('.countries [data-country] tii-data-grid-cell');
      if (cell instanceof HTMLElement) cell.focus();
      return cell ? getComputedStyle(cell).borderTopColor : '';
    });
    expect(outline).toBe('rgb(0, 120, 212)');
    await page.close();
  });

  it('the chart has its numbers as a table, and the choice is remembered', async () => {
    const test = await opened();
    const { page } = test;
    await page.getByText('Show as table').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.hours tbody tr').count()).toBe(168);
    expect(await page.locator('.hours tbody tr').first().textContent()).toContain('21 Nov, 09:00');
    expect(await page.locator('.chart').isVisible()).toBe(false);
    expect(await page.evaluate(() => Reflect.get(window, 'kept'))).toEqual({
      asTable: true,
      account: null,
      country: 'RU',
      channel: 'sms',
      span: 'day',
    });
    await page.close();
  });

  it('names every part for a screen reader', async () => {
    const test = await opened();
    const tree = await test.page.locator('main').ariaSnapshot();
    expect(tree).toContain('heading "Traffic by country" [level=1]');
    expect(tree).toContain('heading "Messages to Russia look like fraud" [level=2]');
    for (const name of ['Channel', 'Account', 'Hours']) expect(tree).toContain(`combobox "${name}"`);
    expect(tree).toContain('button "Block range +7958111xxxx…"');
    expect(tree).toContain('grid "Countries, flagged ones first"');
    expect(tree).toMatch(/columnheader "Last 24 h"/);
    expect(tree).toMatch(/row "Russia\s*Never seen before 5,120 0/);
    expect(tree).toContain('img "Messages to Russia by hour, from 14 Nov');
    await test.page.close();
  });
});

describe('what it says while and when there is nothing', () => {
  it.each<[string, Partial<TrafficState>, string]>([
    [
      'reading',
      { reading: { rows: 12_300, accountsDone: 2, accounts: 6 } },
      'Reading messages: 12,300 so far, 2 of 6 accounts done',
    ],
    ['failed', { failure: 'Twilio refused this credential (20003).' }, 'Twilio refused this credential (20003).'],
    ['empty', { window: { from: 0, to: 1 } }, 'There were no outbound messages in the last seven days.'],
    [
      'partial',
      { window: { from: 0, to: 1 }, gaps: ['Staging: stopped.'] },
      'Incomplete: the numbers below are too low.',
    ],
  ])('%s', async (_, over, text) => {
    const test = await opened({ ...emptyState, ...over });
    await test.page.getByText(text).waitFor({ state: 'visible', timeout: 2000 });
    await expectQuiet(test);
    await test.page.close();
  });

  it('of many gaps the first, and how many more gaps there are', async () => {
    const gaps = ['One: stopped.', 'Two: stopped.', 'Three: stopped.', 'Four: stopped.', 'Five: stopped.'];
    const test = await opened({ ...emptyState, window: { from: 0, to: 1 }, gaps });
    expect(await test.page.locator('.gaps li').allTextContents()).toEqual([...gaps.slice(0, 3), '2 more gaps']);
    await test.page.close();
  });

  it('reading can be stopped, and another account chosen', async () => {
    const test = await opened({ ...attackState(), reading: { rows: 1, accountsDone: 0, accounts: 2 } });
    await test.page.getByText('Stop', { exact: true }).click();
    await test.page.getByRole('combobox', { name: 'Account' }).click();
    await test.page.getByRole('option', { name: 'Production OTP' }).click();
    expect((await test.posted()).slice(1)).toEqual([
      { type: 'cancel', body: {} },
      { type: 'setAccount', body: { account: `AC${'2'.repeat(32)}` } },
    ]);
    await test.page.close();
  });

  it('fits a narrow editor at 200 % zoom without scrolling sideways', async () => {
    const test = await opened(attackState(), themes.light, { width: 400, height: 400 });
    const { scroll, client } = await test.page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      client: document.documentElement.clientWidth,
    }));
    expect(scroll).toBeLessThanOrEqual(client);
    await test.page.close();
  });
});
