import { geoArea, geoCentroid } from 'd3-geo';
import type { Feature, Geometry } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { worldTopology } from './worldTopology.ts';

/** A country or territory on the map. `id` is ISO 3166-1 alpha-2. */
export interface Shape {
  readonly id: string;
  /** Absent for territories that are inside another one's outline, or too small for the map's data. */
  readonly outline?: Feature<Geometry>;
  /** Degrees: longitude, latitude. Of the largest part, so that it lies on land. */
  readonly centre: readonly [number, number];
}

/** Where territories are that have telephones and no outline of their own in the map's data. */
const points: Readonly<Record<string, readonly [number, number]>> = {
  AC: [-14.4, -7.9],
  BQ: [-68.3, 12.2],
  CC: [96.8, -12.2],
  CX: [105.6, -10.5],
  GF: [-53.1, 3.9],
  GI: [-5.35, 36.1],
  GP: [-61.5, 16.2],
  MQ: [-61, 14.6],
  RE: [55.5, -21.1],
  SJ: [16, 78.6],
  TA: [-12.3, -37.1],
  TK: [-171.8, -9.2],
  TV: [179.2, -8.5],
  YT: [45.1, -12.8],
};

let shapes: readonly Shape[] | undefined;

/** Every country of the map, decoded once. Several outlines can have the same id. */
export function worldShapes(): readonly Shape[] {
  shapes ??= decode();
  return shapes;
}

function decode(): readonly Shape[] {
  const topology = JSON.parse(worldTopology) as Topology<{ countries: GeometryCollection }>;
  const { features } = feature(topology, topology.objects.countries);
  const outlined = features.map((outline): Shape => {
    const [longitude, latitude] = geoCentroid(largestPart(outline.geometry));
    return { id: String(outline.id), outline, centre: [longitude, latitude] };
  });
  const known = new Set(outlined.map(({ id }) => id));
  const others = Object.entries(points).filter(([id]) => !known.has(id));
  return [...outlined, ...others.map(([id, centre]): Shape => ({ id, centre }))];
}

/** Of France the mainland, of the United States not Alaska. */
function largestPart(geometry: Geometry): Geometry {
  if (geometry.type !== 'MultiPolygon') return geometry;
  const parts = geometry.coordinates.map((coordinates): Geometry => ({ type: 'Polygon', coordinates }));
  const sizes = parts.map((part) => geoArea(part));
  return parts[sizes.indexOf(Math.max(...sizes))] ?? geometry;
}
