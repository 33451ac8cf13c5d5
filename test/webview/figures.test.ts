import { describe, expect, it } from 'vitest';
import { isPicture } from '../../src/core/traffic/pictureCheck.ts';
import { describeHeat } from '../../src/webview/marks/describeHeat.ts';
import { heatHeight, heatMap, levelOf } from '../../src/webview/marks/heatMap.ts';
import type { Mark } from '../../src/webview/marks/mark.ts';
import { pictureOf } from '../../src/webview/pictures.ts';
import { hostileText } from './hostileText.ts';
import { attackState, emptyState } from './states.ts';

const figures = ['map', 'series', 'heat'] as const;

function all(marks: readonly Mark[]): readonly Mark[] {
  return marks.flatMap((mark) => [mark, ...all(mark.children ?? [])]);
}

describe('the heat map', () => {
  const { heat } = attackState(20);
  const from = Date.UTC(2026, 10, 14, 10);

  it('has a cell for each hour with messages, which says its numbers, and hatches those above usual', () => {
    const marks = all(heatMap(heat, from, 'RU', 1000));
    const cells = marks.filter(({ attributes }) => String(attributes?.['class']).startsWith('cell'));
    expect(cells).toHaveLength(heat.flatMap(({ sent }) => sent.filter((count) => count > 0)).length);
    const loud = heat.flatMap(({ above }) => above.filter((one) => one === 1)).length;
    expect(marks.filter(({ attributes }) => attributes?.['fill'] === 'url(#heat-hatching)')).toHaveLength(loud);
    const above = cells.filter(({ attributes }) => / above$/.test(String(attributes?.['class'])));
    expect(above).toHaveLength(loud);
    // What is above keeps its step: 200 and 1,040 messages an hour look different.
    expect(new Set(above.map(({ attributes }) => attributes?.['class']))).toEqual(
      new Set(['cell level-2 above', 'cell level-3 above', 'cell level-4 above']),
    );
    expect(above[0]?.children?.[0]?.text).toBe('Russia, 21 Nov, 02:00 UTC: 200 messages, above its usual range');
    expect(marks.find(({ attributes }) => attributes?.['class'] === 'row selected')?.attributes?.['data-country']).toBe(
      'RU',
    );
    expect(heatHeight(heat.length)).toBeGreaterThan(heatHeight(1));
  });

  it('steps by order of magnitude', () => {
    expect([1, 9, 10, 99, 100, 999, 1000, 1e6].map(levelOf)).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
  });

  it('is described in a sentence', () => {
    expect(describeHeat(heat)).toBe('12 countries by hour. Hours above the usual range: Russia 8 h, Latvia 10 h.');
    expect(describeHeat([])).toBe('0 countries by hour. No hour is above its usual range.');
  });
});

describe('an exported picture', () => {
  it.each(figures)('of %s has its own colours, a title and nothing that runs or loads', (figure) => {
    const svg = pictureOf(attackState(20), figure) ?? '';
    expect(isPicture(svg)).toBe(true);
    expect(svg).not.toContain('var(');
    expect(svg).toMatch(/<title>[^<]+<\/title><desc>[^<]+<\/desc>/);
    // Every class the marks have is one the style speaks of, or draws nothing by itself.
    expect(svg).toContain('.land.flagged{');
  });

  it('holds hostile text as text', () => {
    const state = attackState(1);
    for (const text of [...hostileText, 'a\u0000b\uD800c']) {
      const rows = state.rows.map((row) => ({ ...row, name: text, sentence: text }));
      const heat = state.heat.map((row) => ({ ...row, name: text }));
      for (const figure of figures) {
        const svg = pictureOf({ ...state, rows, heat }, figure) ?? '';
        expect(isPicture(svg), text).toBe(true);
        for (const forbidden of ['\u0000', '\uD800']) expect(svg.includes(forbidden)).toBe(false);
      }
    }
  });

  it('is not there where nothing is shown', () => {
    for (const figure of figures) expect(pictureOf(emptyState, figure)).toBeUndefined();
  });
});
