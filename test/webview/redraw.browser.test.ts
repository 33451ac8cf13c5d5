import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrafficState } from '../../src/core/traffic/panelState.ts';
import { type Pages, startPages, type TestPage } from './page.ts';
import { attackState } from './states.ts';

let pages: Pages;
const hour = 3_600_000;
/** So high that everything is in sight. */
const tall = { width: 1100, height: 3000 };

beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages?.close());

async function opened(size: { width: number; height: number }, ...states: readonly TrafficState[]): Promise<TestPage> {
  const test = await pages.open(undefined, size);
  for (const body of states) await test.send({ type: 'state', body });
  return test;
}

/** Each element of the pictures and of the table, its attributes in order of name. */
async function shownOn({ page }: TestPage): Promise<readonly string[]> {
  return page.evaluate(() => {
    const told = (node: Element): string => {
      const attributes = [...node.attributes]
        .map(({ name, value }) => `${name}=${name === 'class' ? value.split(' ').sort().join(' ') : value}`)
        .filter((one) => one !== 'class=')
        .sort();
      const text = node.children.length === 0 ? node.textContent : '';
      return `${node.tagName} ${attributes.join(' ')} ${text}`;
    };
    const parts = '.world svg, .picture svg, .brush, .heat svg, .countries [data-country], .findings li';
    return [...document.querySelectorAll(parts)].flatMap((part) => [part, ...part.querySelectorAll('*')].map(told));
  });
}

/** Other numbers, ranks, hours and flags; Monaco and Malta are dots on the map. */
function later(): TrafficState {
  const state = attackState();
  const { selected, window } = state;
  const from = window?.from ?? 0;
  const rows = state.rows.toReversed().map((row, i) => ({ ...row, observed: row.observed + i, flag: null }));
  const [first, second, ...others] = rows;
  if (!first || !second || !selected) throw new Error('no rows');
  const flagged = { ...second, country: 'MT', name: 'Malta', flag: 'surging', excess: 90 } as const;
  return {
    ...state,
    span: { kind: 'brush', from: from + 20 * hour, to: from + 50 * hour },
    rows: [{ ...first, country: 'MC', name: 'Monaco' }, flagged, ...others],
    heat: state.heat
      .toReversed()
      .slice(2)
      .map(({ sent, ...one }) => ({
        ...one,
        sent: sent.map((count, at) => (at % 5 === 0 ? 0 : count * 3)),
        above: sent.map((_, at) => (at % 7 === 0 ? 1 : 0)),
      })),
    selected: {
      ...selected,
      country: 'LV',
      sent: selected.sent.map((count, at) => (count + at) % 90),
      blocked: selected.blocked.map((_, at) => at % 4),
      usualFrom: 30,
    },
  };
}

describe('what is shown after other numbers', () => {
  it('is what a page shows that never had others', async () => {
    const [before, after] = [attackState(), later()];
    const used = await opened(tall, before, after);
    const fresh = await opened(tall, after);
    const shown = await shownOn(fresh);
    expect(shown.length).toBeGreaterThan(2000);
    expect(await shownOn(used)).toEqual(shown);
    await used.send({ type: 'state', body: before });
    const first = await opened(tall, before);
    expect(await shownOn(used)).toEqual(await shownOn(first));
    for (const { page } of [used, fresh, first]) await page.close();
  });

  it('is in the elements that were there', async () => {
    const test = await opened(tall, attackState());
    const kinds = ['.world .land', '.picture .hour', '.countries [data-country]', '.heat .row'];
    await test.page.evaluate((all) => {
      for (const one of document.querySelectorAll(all)) one.setAttribute('data-kept', '');
    }, kinds.join());
    await test.send({ type: 'state', body: later() });
    const fresh = await test.page.evaluate(
      (all) =>
        all.map((kind) => [...document.querySelectorAll(kind)].filter((one) => !one.matches('[data-kept]')).length),
      kinds,
    );
    // Monaco and Malta had no dot on the map.
    expect(fresh).toEqual([2, 0, 0, 0]);
    await test.page.close();
  });
});

describe('the heat map far below', () => {
  it('is drawn when one scrolls there, with what is true then', async () => {
    const test = await opened({ width: 1100, height: 500 }, attackState(), later());
    const { page } = test;
    expect(await page.locator('.heat .row').count()).toBe(0);
    await page.locator('.hourly').scrollIntoViewIfNeeded();
    await page.locator('.heat .row').last().waitFor();
    expect(await page.locator('.heat .row').count()).toBe(10);
    await page.close();
  });

  it('is drawn before a key reaches it, and its table is always there', async () => {
    const test = await opened({ width: 1100, height: 500 }, attackState());
    const { page } = test;
    const drawn = await page.evaluate(() => {
      document.querySelector<HTMLElement>('.heat')?.focus({ preventScroll: true });
      return document.querySelectorAll('.heat .row').length;
    });
    expect(drawn).toBe(12);
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('.hourly tii-button')?.click();
      window.scrollTo(0, 0);
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    await test.send({ type: 'state', body: later() });
    expect(await page.locator('.tabled tbody tr').count()).toBe(10);
    await page.close();
  });
});

describe('the row with the focus', () => {
  it('goes with its country, even to a rank that has no row yet', async () => {
    const test = await opened({ width: 1100, height: 800 }, attackState(3));
    const { page } = test;
    await page.locator('tii-data-grid').focus();
    await page.keyboard.press('ArrowDown');
    const state = attackState(70);
    await test.send({ type: 'state', body: { ...state, rows: state.rows.toReversed() } });
    const focused = await page.evaluate(() => document.activeElement?.closest('[data-country]')?.textContent);
    expect(focused).toContain('Russia');
    const names = await page.locator('.countries [data-country] .name').allTextContents();
    expect(names).toEqual(state.rows.toReversed().map(({ name }) => name));
    await page.close();
  });
});

describe('the rows that cannot be seen yet', () => {
  it('come after the picture, and the table says that it is not complete until then', async () => {
    const test = await opened({ width: 1100, height: 800 });
    const { page } = test;
    await page.evaluate(() => {
      const grid = document.querySelector('tii-data-grid');
      const told: unknown[] = [];
      Reflect.set(window, 'told', told);
      const tell = () => told.push([grid?.getAttribute('aria-busy'), grid?.querySelectorAll('[data-country]').length]);
      if (grid) new MutationObserver(tell).observe(grid, { attributeFilter: ['aria-busy'] });
    });
    await test.send({ type: 'state', body: attackState(70) });
    const told = await page.evaluate(() => Reflect.get(window, 'told'));
    expect([told.at(0), told.at(-1)]).toEqual([
      ['true', 24],
      ['false', 72],
    ]);
    await page.close();
  });
});
