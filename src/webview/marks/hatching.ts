import type { Mark } from './mark.ts';

/** The definition of oblique lines, to fill with as `url(#id)`; over a ground of its own where the map is below. */
export function hatching(id: string, ground = false): Mark {
  const lines: Mark = { tag: 'line', attributes: { class: 'hatch', x1: 0, y1: 0, x2: 0, y2: 5 } };
  const below: Mark = { tag: 'rect', attributes: { class: 'hatch-ground', x: 0, y: 0, width: 5, height: 5 } };
  const attributes = { id, width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' };
  return { tag: 'defs', children: [{ tag: 'pattern', attributes, children: ground ? [below, lines] : [lines] }] };
}
