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
});
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
    const chosen = page.getByRole('combobox', { name: 'Hours' });
    expect(await chosen.evaluate((one) => Reflect.get(one, 'value'))).toBe('brush');
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
    await test.send({ type: 'state', body: { ...state, incident: { title: 'SMS pumping', window: null } } });
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

describe('a window that is made narrower', () => {
  it('does not make the page scroll sideways by the hours that were drawn further down', async () => {
    const test = await opened(attackState(), themes.light, { width: 1400, height: 700 });
    const { page } = test;
    const heat = page.locator('.heat');
    await heat.scrollIntoViewIfNeeded();
    await page.locator('.heat svg .row').first().waitFor();
    await page.locator('h2').first().scrollIntoViewIfNeeded();
    await page.waitForFunction(
      () => (document.querySelector('.heat')?.getBoundingClientRect().top ?? 0) > innerHeight + 250,
    );
    // The page knows from the next frame on that they are out of sight.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await page.setViewportSize({ width: 1000, height: 700 });
    await page.waitForFunction(() => document.querySelector('.heat')?.clientWidth === 960);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1000);
    await page.close();
  });
});

describe('what can be asked of the host', () => {
  it('another channel, and its words are everywhere', async () => {
    const state = attackState();
    const test = await opened(state);
    const { page } = test;
    await page.getByRole('combobox', { name: 'Channel' }).click();
    await page.getByRole('option', { name: 'Calls' }).click();
    expect(await asked(test)).toEqual([{ type: 'setChannel', body: { channel: 'voice' } }]);
    await test.send({ type: 'state', body: { ...state, channel: 'voice' } });
    const text = await page.locator('main').textContent();
    expect(text).toContain('Calls to Russia look like fraud');
    expect(text).toContain('Where calls went');
    expect(await page.getByRole('columnheader', { name: 'Answered' }).count()).toBe(1);
    expect(await page.locator('.chart svg[role=img]').getAttribute('aria-label')).toContain('Calls to Russia');
    await page.close();
  });

  it('a country or a range to be blocked: the page only says which', async () => {
    const test = await opened(attackState());
    await test.page.getByText('Block Russia…').click();
    await test.page.getByRole('button', { name: 'Block range +7958111xxxx…' }).click();
    expect(await asked(test)).toEqual([
      { type: 'blockCountry', body: { country: 'RU' } },
      { type: 'blockRange', body: { country: 'RU', range: '+7958111xxxx' } },
    ]);
    await test.page.close();
  });

  it('the hours drawn as the incident’s window, while an incident has another one', async () => {
    const state = attackState();
    const from = state.window?.from ?? 0;
    const span = { kind: 'brush', from: from + 24 * hour, to: from + 72 * hour } as const;
    const offered = (test: TestPage) => test.page.getByText('Use as the incident’s window').isVisible();
    const test = await opened({ ...state, span });
    expect(await offered(test)).toBe(false);
    const incident = { title: 'SMS pumping', window: { from, to: from + 168 * hour } };
    await test.send({ type: 'state', body: { ...state, incident } });
    expect(await offered(test)).toBe(false);
    await test.send({ type: 'state', body: { ...state, span, incident } });
    await test.page.getByText('Use as the incident’s window').click();
    const window = { from: span.from, to: span.to };
    expect(await asked(test)).toEqual([{ type: 'useWindow', body: window }]);
    await test.send({ type: 'state', body: { ...state, span, incident: { ...incident, window } } });
    expect(await offered(test)).toBe(false);
    await test.page.close();
  });
});

describe('what it says of the numbers', () => {
  it('how much, at what cost and since when, before anything else', async () => {
    const test = await opened(attackState());
    expect(await test.page.locator('h2').first().textContent()).toBe('Messages to Russia look like fraud');
    expect(await test.page.locator('.loss').textContent()).toBe(
      '5,120 messages more than usual since 20 Nov, 07:00 UTC. Cost in the last 24 h: 1,433.60 USD.',
    );
    const state = attackState();
    const older = state.headline && { ...state.headline, isOlder: true };
    await test.send({ type: 'state', body: { ...state, headline: older } });
    expect(await test.page.locator('.loss').textContent()).toBe(
      '5,120 messages more than usual in the last 24 h; it began 20 Nov, 07:00 UTC. Cost in the last 24 h: 1,433.60 USD.',
    );
    for (const utc of ['.loss', '.span'])
      expect(await test.page.locator(utc).getAttribute('title')).toMatch(/^Your time: .*2026/);
    await test.page.close();
  });

  it('what is over is told in the past, in the title, the sentence and the row', async () => {
    const state = attackState(1);
    const since = Date.UTC(2026, 10, 20, 14);
    const until = since + 4 * hour;
    const rows = state.rows.map((one) => (one.country === 'RU' ? { ...one, since, until } : one));
    const headline = state.headline && { ...state.headline, since, until };
    const { page } = await opened({ ...state, rows, headline });
    expect(await page.locator('#findings').textContent()).toBe(
      'Messages to Russia looked like fraud 20 Nov 14:00–18:00 UTC; not now',
    );
    expect(await page.locator('.loss').textContent()).toMatch(
      /^5,120 messages more than usual 20 Nov 14:00–18:00 UTC\./,
    );
    expect(await page.locator('.findings li strong').first().textContent()).toBe(
      'New, surged 20 Nov 14:00–18:00 UTC, looks like fraud; not now. ',
    );
    const cell = page.locator('[data-country="RU"] .flagged').last();
    expect(await cell.textContent()).toBe('New, surged 20 Nov 14:00–18:00 UTC');
    expect(await cell.evaluate((one) => one.scrollWidth <= (one.parentElement?.clientWidth ?? 0))).toBe(true);
    await page.close();
  });

  it('how old they are, and that they are too old; logs do not age', async () => {
    const state = attackState();
    const to = Date.now() - 25 * 60_000;
    const aged = { ...state, live: true, window: { from: to - 168 * hour, to } };
    const test = await opened(aged);
    const stale = test.page.locator('.stale');
    expect(await stale.textContent()).toContain('25 min old');
    expect(await test.page.locator('.span').textContent()).toContain('read 25 min ago');
    expect(await test.page.locator('header tii-button[appearance=primary]').textContent()).toBe('Refresh');
    const fresh = Date.now() - 20_000;
    await test.send({ type: 'state', body: { ...aged, window: { from: fresh - 168 * hour, to: fresh } } });
    expect(await stale.isVisible()).toBe(false);
    expect(await test.page.locator('.span').textContent()).toContain('read just now');
    await test.send({ type: 'state', body: { ...aged, live: false } });
    expect(await stale.isVisible()).toBe(false);
    await test.page.close();
  });

  it('where the log begins, and draws no usual range before', async () => {
    const state = attackState();
    const begins = (state.window?.from ?? 0) + 48 * hour;
    const selected = state.selected && { ...state.selected, usualFrom: 48 };
    const test = await opened({ ...state, begins, selected });
    expect(await test.page.locator('.begun').textContent()).toContain('The log begins 16 Nov, 10:00 UTC');
    const left = (await test.page.locator('.chart .usual').boundingBox())?.x ?? 0;
    const area = await test.page.locator('.brush .area').boundingBox();
    expect(left).toBeGreaterThanOrEqual((area?.x ?? 0) + ((area?.width ?? 0) * 48) / 168 - 2);
    await test.page.getByText('Show as table').click();
    expect(await test.page.locator('.hours tbody tr').last().textContent()).toContain('––');
    await test.page.close();
  });

  it('what ranges and texts it has of other hours, and of which it has none', async () => {
    const state = attackState();
    const { selected } = state;
    const from = state.window?.from ?? 0;
    const span = { kind: 'brush', from, to: from + 3 * hour } as const;
    const other = selected && ({ ...selected, rangesOf: 'last-day', samplesOf: 'unknown', samples: [] } as const);
    const test = await opened({ ...state, span, selected: other });
    const text = await test.page.locator('.behind').textContent();
    expect(text).toContain('Number ranges in Russia, last 24 h');
    expect(text).toContain('these are not of the hours selected');
    expect(text).toContain('holds no texts to show');
    await test.send({ type: 'state', body: { ...state, span } });
    expect(await test.page.locator('.behind').textContent()).toContain(
      'Number ranges in Russia, 14 Nov, 10:00 to 14 Nov, 13:00 UTC',
    );
    await test.page.close();
  });

  it('what a flag rests on, and what there was no data for', async () => {
    const state = attackState(1);
    const finding = {
      scope: 'country' as const,
      from: state.window?.from ?? 0,
      to: state.window?.to ?? 0,
      observed: 5120,
      expected: 3.2,
      lower: 1,
      upper: 9,
      p: 1e-30,
      q: 0.0004,
      blocked: 1946,
      delivery: { part: 2800, whole: 5120, normal: 0.97 },
      conversion: { part: 0, whole: 0, normal: null },
      blocks: ['+7958111xxxx'],
      prefix: '+7958111',
      patterns: ['sent as by a clock, every 20 s'],
      sentence: 'Looks like fraud: 5,120 messages to RU in 8 h.',
      missing: ['which codes were used'],
    };
    const rows = state.rows.map((one) => (one.country === 'RU' ? { ...one, finding } : one));
    const test = await opened({ ...state, rows });
    const text = await test.page.locator('.evidence').textContent();
    for (const part of [
      'Looks like fraud: 5,120 messages to RU in 8 h.',
      '5,120 where 3 were expected (1 to 9)',
      'below 10⁻¹² (false discovery rate 4e-4)',
      '55 %, usually 97 %',
      '+7958111',
      'sent as by a clock, every 20 s',
      'which codes were used',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('Converted');
    await test.send({ type: 'state', body: state });
    expect(await test.page.locator('.evidence').isVisible()).toBe(false);
    await test.page.close();
  });
});

describe('motion', () => {
  it('is none where it is not wanted: what goes on is said in text', async () => {
    const reading = { rows: 12, accountsDone: 0, accounts: 2 };
    const test = await opened({ ...attackState(1), reading });
    const ring = test.page.locator('tii-progress-ring').first();
    expect(await ring.isVisible()).toBe(true);
    await test.page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await ring.isVisible()).toBe(false);
    expect(await test.page.locator('.reading').textContent()).toContain('Reading messages: 12 so far');
    await test.page.emulateMedia({ reducedMotion: 'no-preference' });
    await test.page.evaluate(() => document.body.classList.add('vscode-reduce-motion'));
    expect(await ring.isVisible()).toBe(false);
    const moving = await test.page.evaluate(() => document.getAnimations().length);
    expect(moving).toBe(0);
    await test.page.close();
  });
});

describe('the heat map', () => {
  it('is read cell by cell with the keys, and selects', async () => {
    const test = await opened(attackState());
    const { page } = test;
    await page.locator('.heat').focus();
    await page.keyboard.press('ArrowLeft');
    const text = page.locator('.cell-text');
    expect(await text.textContent()).toBe('Russia, 21 Nov, 09:00 UTC: 1,040 messages, above its usual range');
    await page.keyboard.press('PageUp');
    expect(await text.textContent()).toBe('Russia, 20 Nov, 09:00 UTC: 0 messages');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    expect(await text.textContent()).toBe('Latvia, 14 Nov, 10:00 UTC: 1 messages');
    expect(await page.locator('.heat .cursor').isVisible()).toBe(true);
    await page.keyboard.press('Enter');
    expect(await asked(test)).toEqual([{ type: 'select', body: { country: 'LV' } }]);
    expect(await test.violations()).toEqual([]);
    await page.close();
  });
});

describe('the table', () => {
  it.each([
    [599, 900],
    [700, 500],
    [320, 700],
  ])('has every number in sight at %i × %i', async (width, height) => {
    const test = await opened(attackState(3), themes.dark, { width, height });
    const cells = await test.page.evaluate(() => {
      const box = document.querySelector('.countries')?.getBoundingClientRect();
      return [...document.querySelectorAll('.countries [data-country="RU"] tii-data-grid-cell')].map((cell) => {
        const { left, right } = cell.getBoundingClientRect();
        return { text: cell.textContent, inside: box !== undefined && left >= box.left && right <= box.right + 1 };
      });
    });
    expect(cells).toHaveLength(8);
    expect(cells.filter(({ inside }) => !inside)).toEqual([]);
    await test.page.close();
  });
});

describe('what judged', () => {
  it('is said while the detector is at work, and what it would take where it cannot', async () => {
    const state = attackState();
    const test = await opened({ ...state, judging: true });
    const { page } = test;
    expect(await page.locator('.status .at-work:visible').textContent()).toContain('detector is judging');
    expect(await page.locator('.status [role="status"]').textContent()).toMatch(/^Judging/);
    // The counts are there already.
    expect(await page.locator('.findings').isVisible()).toBe(true);
    await test.send({ type: 'state', body: { ...state, offer: { days: 8, requests: 1240, seconds: 95 } } });
    expect(await page.locator('.offer').textContent()).toMatch(
      /median of six days.*8 days before.*1,240 requests, 1 min/,
    );
    await page.locator('.offer tii-button').click();
    expect(await asked(test)).toEqual([{ type: 'readBefore', body: {} }]);
    await test.send({ type: 'state', body: state });
    expect(await page.locator('.offer:visible, .at-work:visible').count()).toBe(0);
    expect(await test.violations()).toEqual([]);
    await page.close();
  });
});
