import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrafficState } from '../../src/core/traffic/panelState.ts';
import { isPicture, isPng } from '../../src/core/traffic/pictureCheck.ts';
import { type Pages, startPages, type TestPage } from './page.ts';
import { attackState } from './states.ts';
import { themes } from './themes.ts';

let pages: Pages;
const hour = 3_600_000;

beforeAll(async () => {
  pages = await startPages();
}, 60_000);
afterAll(() => pages?.close());

async function opened(state: TrafficState, ...how: Parameters<Pages['open']>): Promise<TestPage> {
  const test = await pages.open(...how);
  await test.send({ type: 'state', body: state });
  return test;
}

async function asked(test: TestPage): Promise<readonly unknown[]> {
  return (await test.posted()).slice(1);
}

describe('the map', () => {
  it('selects a country by click and by arrow key', async () => {
    const test = await opened(attackState());
    const { page } = test;
    await page.locator('.world path[data-country="LV"], .world circle.excess[data-country="LV"]').last().click();
    expect(await asked(test)).toEqual([{ type: 'select', body: { country: 'LV' } }]);
    await page.locator('.world').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    // Russia is selected and the first one: there is only a next.
    expect((await asked(test)).slice(1)).toEqual([{ type: 'select', body: { country: 'LV' } }]);
    expect(await page.locator('.world').getAttribute('aria-label')).toContain('Flagged: Russia 5,120 above');
    await page.close();
  });

  it('is drawn once, whatever is selected', async () => {
    const test = await opened(attackState());
    const state = attackState();
    await test.page.evaluate(() => document.querySelector('.world svg')?.setAttribute('data-kept', 'yes'));
    await test.send({
      type: 'state',
      body: { ...state, selected: state.selected && { ...state.selected, country: 'LV' } },
    });
    expect(await test.page.locator('.world svg[data-kept]').count()).toBe(1);
    expect(await test.page.locator('.world .selected').first().getAttribute('data-country')).toBe('LV');
    await test.page.close();
  });
});

describe('the brush', () => {
  it('narrows the hours by drag and by keys, and gives the way back', async () => {
    const state = attackState();
    const from = state.window?.from ?? 0;
    const test = await opened(state);
    const { page } = test;
    const box = await page.locator('.brush .area').boundingBox();
    if (!box) throw new Error('no brush');
    const at = (hours: number) => box.x + (box.width * hours) / 168;
    await page.mouse.move(at(24), box.y + 40);
    await page.mouse.down();
    await page.mouse.move(at(60), box.y + 40);
    await page.mouse.move(at(72), box.y + 40);
    await page.mouse.up();
    expect(await asked(test)).toEqual([{ type: 'brush', body: { from: from + 24 * hour, to: from + 72 * hour } }]);
    const span = { kind: 'brush', from: from + 24 * hour, to: from + 72 * hour };
    await test.send({ type: 'state', body: { ...state, span } });
    const edge = page.getByRole('slider', { name: 'First hour' });
    await edge.focus();
    await page.keyboard.press('ArrowRight');
    expect((await asked(test)).at(-1)).toEqual({
      type: 'brush',
      body: { from: from + 25 * hour, to: from + 72 * hour },
    });
    await test.send({ type: 'state', body: { ...state, span: { ...span, from: from + 25 * hour } } });
    expect(await edge.getAttribute('aria-valuenow')).toBe('25');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('First hour');
    expect(await page.getByRole('columnheader', { name: 'Selected 47 h' }).count()).toBe(1);
    await page.getByText('Back to last 24 h').click();
    expect((await asked(test)).at(-1)).toEqual({ type: 'setSpan', body: { span: 'day' } });
    await page.close();
  });

  it('a click is no brush', async () => {
    const test = await opened(attackState());
    await test.page.locator('.brush .area').click({ position: { x: 100, y: 50 } });
    expect(await asked(test)).toEqual([]);
    await test.page.close();
  });
});

describe('pictures', () => {
  it.each(['map', 'series', 'heat'] as const)('%s is drawn as SVG and as PNG under the policy', async (figure) => {
    const test = await opened(attackState());
    for (const format of ['svg', 'png']) await test.send({ type: 'draw', body: { figure, format } });
    await test.page.waitForFunction(() => Reflect.get(window, 'posted').length >= 3);
    const saved = (await asked(test)) as { body: { format: string; data: string } }[];
    const data = (format: string) => saved.find(({ body }) => body.format === format)?.body.data ?? '';
    expect(isPicture(data('svg'))).toBe(true);
    expect(isPng(data('png'))).toBe(true);
    expect(await test.violations()).toEqual([]);
    expect(test.errors).toEqual([]);
    await test.page.close();
  });

  it('are offered for the RCA only while an incident is open', async () => {
    const state = attackState();
    const test = await opened(state);
    expect(await test.page.getByText('Add to RCA').isVisible()).toBe(false);
    await test.send({ type: 'state', body: { ...state, incident: { title: 'SMS pumping' } } });
    await test.page.getByText('Add to RCA').click();
    const [message] = (await asked(test)) as { type: string; body: { figures: { figure: string; svg: string }[] } }[];
    expect(message?.type).toBe('addToRca');
    expect(message?.body.figures.map(({ figure }) => figure)).toEqual(['map', 'series', 'heat']);
    expect(message?.body.figures.every(({ svg }) => isPicture(svg))).toBe(true);
    await test.page.close();
  });
});

describe('the page as a whole', () => {
  it('keeps the focus when Refresh and Stop take each other’s place', async () => {
    const state = attackState();
    const reading = { rows: 1, accountsDone: 0, accounts: 2 };
    const test = await opened(state);
    const focused = () => test.page.evaluate(() => document.activeElement?.textContent);
    await test.page.getByText('Refresh', { exact: true }).focus();
    await test.send({ type: 'state', body: { ...state, reading } });
    expect(await focused()).toBe('Stop');
    await test.send({ type: 'state', body: { ...state, reading: { ...reading, rows: 9 } } });
    expect(await focused()).toBe('Stop');
    await test.send({ type: 'state', body: state });
    expect(await focused()).toBe('Refresh');
    await test.page.close();
  });

  it.each([
    [400, 400],
    [320, 900],
    [599, 700],
  ])('shows everything without scrolling sideways at %i × %i', async (width, height) => {
    const test = await opened(attackState(), themes.light, { width, height });
    await test.page.getByText('Show hours as table').click();
    const outside = await test.page.evaluate(() => {
      const wide = document.documentElement.clientWidth;
      const scrolls = (node: Element): boolean => node.closest('.countries, .tabled, .hours') !== null;
      return [...document.querySelectorAll('main *')]
        .filter((node) => !scrolls(node) && node.getBoundingClientRect().right > wide + 1)
        .map((node) => `${node.localName}.${node.getAttribute('class')}`);
    });
    expect(outside).toEqual([]);
    await test.page.close();
  });
});
