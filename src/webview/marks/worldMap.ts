import { type GeoProjection, geoNaturalEarth1, geoPath } from 'd3-geo';
import { scaleSqrt } from 'd3-scale';
import { type Shape, worldShapes } from '../map/worldShapes.ts';
import { hatching } from './hatching.ts';
import type { Mark } from './mark.ts';

/** What the map shows of one country. `id` is ISO 3166-1 alpha-2. */
export interface MapCountry {
  readonly id: string;
  readonly name: string;
  /** Messages in the time looked at. */
  readonly observed: number;
  /** Messages above what was expected; counts for the size of the circle of a flagged country. */
  readonly excess: number;
  readonly flagged: boolean;
  /** What is known of it in a sentence: the title of its shape. */
  readonly sentence: string;
}

/** Height of the map for its width: that of the projection without Antarctica. */
export const mapAspect = 0.47;
const tiny = 6;
const smallestDot = 3;
const largestCircle = 0.035;
/** Labels of so many flagged countries are drawn; all are in the table. */
const mostLabels = 6;

/**
 * The world in grey, countries with traffic tinted by how much, and each flagged country hatched under a circle whose area is its excess, with its name
 * and number. Nothing is told by colour alone. Countries too small to see are dots. Shapes carry `data-country`.
 */
export function worldMap(
  countries: readonly MapCountry[],
  selected: string | undefined,
  width: number,
): readonly Mark[] {
  const { projection, outlines } = worldAt(width);
  const known = new Map(countries.map((country) => [country.id, country]));
  const most = Math.max(1, ...countries.map(({ observed }) => observed));
  const shapes = worldShapes();
  const land = shapes.flatMap((shape, index): readonly Mark[] => {
    const country = known.get(shape.id);
    const { d, isSmall } = outlines[index] ?? { d: null, isSmall: true };
    if (isSmall && !country) return d === null ? [] : [outline(shape, d, 'land', undefined)];
    const kind = kindOf(country, most) + (shape.id === selected ? ' selected' : '');
    return isSmall ? dot(projection, shape, kind, country) : [outline(shape, d, kind, country)];
  });
  return [hatching('map-hatching', true), ...land, ...circles(countries, shapes, projection, width)];
}

interface World {
  readonly width: number;
  readonly projection: GeoProjection;
  /** Of each shape, in pixels; absent where it has none. */
  readonly outlines: readonly { readonly d: string | null; readonly isSmall: boolean }[];
}

let last: World | undefined;

/** Coasts do not change with the numbers, and projecting them takes most of the time: those of the width used last are kept. */
function worldAt(width: number): World {
  if (last?.width === width) return last;
  const height = width * mapAspect;
  const projection = geoNaturalEarth1();
  projection.fitExtent(
    [
      [2, 2],
      [Math.max(3, width - 2), Math.max(3, height - 2)],
    ],
    { type: 'MultiPoint', coordinates: corners },
  );
  const path = geoPath(projection).digits(1);
  const outlines = worldShapes().map(({ outline: shape }) => ({
    d: shape ? path(shape) : null,
    isSmall: !shape || path.area(shape) < tiny,
  }));
  last = { width, projection, outlines };
  return last;
}

const corners = [
  [-168, -56],
  [190 - 360, 84],
  [-30, 84],
  [180, -56],
  [-180, 0],
  [180, 0],
].map(([longitude = 0, latitude = 0]) => [longitude, latitude]);

/** `level-1` to `level-4`: by order of magnitude below the busiest country. */
function kindOf(country: MapCountry | undefined, most: number): string {
  if (!country) return 'land';
  if (country.flagged) return 'land flagged';
  const below = Math.log10(most / Math.max(1, country.observed));
  return `land level-${Math.max(1, 4 - Math.floor(below))}`;
}

function outline({ id }: Shape, d: string | null, kind: string, country: MapCountry | undefined): Mark {
  const attributes: Record<string, string> = { class: kind, d: d ?? '' };
  if (country) attributes['data-country'] = country.id;
  if (country?.flagged) attributes['fill'] = 'url(#map-hatching)';
  const title: readonly Mark[] = country ? [{ tag: 'title', text: country.sentence }] : [];
  return { tag: 'path', key: id, attributes, children: title };
}

function dot(projection: GeoProjection, shape: Shape, kind: string, country: MapCountry | undefined): readonly Mark[] {
  const at = projection([shape.centre[0], shape.centre[1]]);
  if (!at || !country) return [];
  const attributes = {
    class: `${kind} dot`,
    cx: round(at[0]),
    cy: round(at[1]),
    r: smallestDot,
    'data-country': country.id,
  };
  return [{ tag: 'circle', key: shape.id, attributes, children: [{ tag: 'title', text: country.sentence }] }];
}

function circles(
  countries: readonly MapCountry[],
  shapes: readonly Shape[],
  projection: GeoProjection,
  width: number,
): readonly Mark[] {
  // In hours in which nothing was above what was expected, a flag has no excess to show.
  const flagged = countries
    .filter((country) => country.flagged && country.excess > 0)
    .sort((a, b) => b.excess - a.excess);
  const radius = scaleSqrt(
    [0, Math.max(1, flagged[0]?.excess ?? 1)],
    [smallestDot, Math.max(8, width * largestCircle)],
  );
  const centres = new Map(shapes.map(({ id, centre }) => [id, centre]));
  const labels: Box[] = [];
  return flagged.flatMap((country, index): readonly Mark[] => {
    const centre = centres.get(country.id);
    const at = centre && projection([centre[0], centre[1]]);
    if (!at) return [];
    const r = round(radius(Math.max(0, country.excess)));
    const [cx, cy] = [round(at[0]), round(at[1])];
    const title: Mark = { tag: 'title', text: country.sentence };
    const attributes = { class: 'excess', cx, cy, r, 'data-country': country.id };
    const circle: Mark = { tag: 'circle', key: `excess ${country.id}`, attributes, children: [title] };
    if (index >= mostLabels) return [circle];
    const text = `${country.name} +${Math.round(Math.max(0, country.excess)).toLocaleString('en-US')}`;
    const long = text.length * letter;
    // Right of the circle, or left of it where the map ends.
    const left = cx + r + 4 + long > width;
    const box = { from: left ? cx - r - 4 - long : cx + r + 4, to: left ? cx - r - 4 : cx + r + 4 + long, y: cy };
    // Neighbours' labels would lie over each other: the larger excess is named, both are in the table.
    if (labels.some((other) => touch(box, other))) return [circle];
    labels.push(box);
    const place = { x: left ? box.to : box.from, y: cy, dy: '0.32em' };
    const label = { class: left ? 'label left' : 'label', ...place };
    return [circle, { tag: 'text', key: country.id, attributes: label, text }];
  });
}

interface Box {
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

/** Pixels a letter of a label takes on average, and a line of it. */
const letter = 8;
const lineHeight = 15;

function touch(a: Box, b: Box): boolean {
  return a.from < b.to && b.from < a.to && Math.abs(a.y - b.y) < lineHeight;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
