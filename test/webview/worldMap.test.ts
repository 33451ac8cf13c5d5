import { describe, expect, it } from 'vitest';
import { dialTrie } from '../../src/core/traffic/country.ts';
import { worldShapes } from '../../src/webview/map/worldShapes.ts';
import type { Mark } from '../../src/webview/marks/mark.ts';
import { type MapCountry, mapAspect, worldMap } from '../../src/webview/marks/worldMap.ts';

const country = (id: string, over: Partial<MapCountry> = {}): MapCountry => ({
  id,
  name: id,
  observed: 100,
  excess: 0,
  flagged: false,
  sentence: `About ${id}.`,
  ...over,
});

function all(marks: readonly Mark[]): readonly Mark[] {
  return marks.flatMap((mark) => [mark, ...all(mark.children ?? [])]);
}

const classOf = ({ attributes }: Mark): string => String(attributes?.['class'] ?? '');
const of = (marks: readonly Mark[], id: string): readonly Mark[] =>
  all(marks).filter(({ attributes }) => attributes?.['data-country'] === id);

describe('the world map', () => {
  it('has a place for every country a number can be in', () => {
    const known = new Set(worldShapes().map(({ id }) => id));
    const missing = dialTrie().countries.filter((one) => /^[A-Z]{2}$/.test(one) && !known.has(one));
    expect(missing).toEqual([]);
  });

  it('hatches a flagged country and circles it in proportion to its excess', () => {
    const marks = worldMap(
      [country('RU', { flagged: true, excess: 400 }), country('BR', { flagged: true, excess: 100 })],
      undefined,
      900,
    );
    const [area, circle] = of(marks, 'RU').filter(({ tag }) => tag === 'path' || tag === 'circle');
    expect(classOf(area ?? { tag: 'g' })).toBe('land flagged');
    expect(area?.attributes?.['fill']).toBe('url(#map-hatching)');
    const small = of(marks, 'BR').find((mark) => classOf(mark) === 'excess');
    const ratio = Number(circle?.attributes?.['r']) / Number(small?.attributes?.['r']);
    // A quarter of the excess is about half the radius; the smallest circle can still be seen.
    expect(ratio).toBeGreaterThan(1.6);
    expect(ratio).toBeLessThan(2);
    expect(
      all(marks)
        .filter((mark) => classOf(mark).startsWith('label'))
        .map(({ text }) => text),
    ).toEqual(['RU +400', 'BR +100']);
  });

  it('shows a country too small to see as a dot, and tints by order of magnitude', () => {
    const marks = worldMap(
      [country('US', { observed: 10_000 }), country('DE', { observed: 800 }), country('MC', { observed: 5 })],
      undefined,
      900,
    );
    expect(of(marks, 'MC').map(({ tag }) => tag)).toEqual(['circle']);
    expect([...new Set(of(marks, 'US').map(classOf))]).toEqual(['land level-4']);
    expect([...new Set(of(marks, 'DE').map(classOf))]).toEqual(['land level-3']);
  });

  it('writes no two labels over each other', () => {
    const near = ['LV', 'LT', 'EE'].map((id, i) =>
      country(id, { flagged: true, excess: 100 - i, name: `Country ${id}` }),
    );
    const labels = all(worldMap(near, undefined, 500)).filter((mark) => classOf(mark).startsWith('label'));
    expect(labels.length).toBeLessThan(3);
    expect(labels[0]?.text).toBe('Country LV +100');
  });

  it('stays finite, inside its frame and without style or handlers at any width', () => {
    const flagged = worldShapes().map(({ id }) => country(id, { flagged: true, excess: 1e9, observed: 1e9 }));
    for (const width of [40, 320, 2400])
      for (const { attributes = {} } of all(worldMap(flagged, 'RU', width)))
        for (const [name, value] of Object.entries(attributes)) {
          expect(name).not.toMatch(/^(style|on.*|href)$/);
          expect(String(value)).not.toMatch(/NaN|Infinity|undefined/);
          if (name === 'cy') expect(Number(value)).toBeLessThanOrEqual(width * mapAspect + 1);
        }
  });
});
