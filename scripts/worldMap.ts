/**
 * Writes src/webview/map/worldTopology.ts: the countries as a simplified topology, keyed by ISO 3166-1 alpha-2. Source: Natural
 * Earth at 1:50m (public domain) from world-atlas; at 1:110m most destinations of fraud, being small, would be missing.
 * `--check` fails when the file is not what this script would write.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { iso31661 } from 'iso-3166';
import { quantize } from 'topojson-client';
import { filter, presimplify, simplify } from 'topojson-simplify';
import type { GeometryCollection, Topology } from 'topojson-specification';

type Named = { readonly name?: string };
type World = Topology<{ countries: GeometryCollection<Named>; land: GeometryCollection }>;
type Slim = Topology<{ countries: GeometryCollection<Record<never, never>> }>;

const target = new URL('../src/webview/map/worldTopology.ts', import.meta.url);
/** Triangles smaller than this are left out, in square degrees: what a map 1,200 pixels wide does not show. */
const smallestArea = 0.05;
const grid = 2000;
/** ISO 3166-1 has no code for these; telephone numbering knows Kosovo. The others share their neighbour's numbers. */
const unnumbered: Readonly<Record<string, string>> = { Kosovo: 'XK', Somaliland: 'SO', 'N. Cyprus': 'CY' };

const alpha2 = new Map(iso31661.map(({ numeric, alpha2 }) => [numeric, alpha2]));
const require = createRequire(import.meta.url);
const atlas = JSON.parse(readFileSync(require.resolve('world-atlas/countries-50m.json'), 'utf8')) as World;

const geometries = atlas.objects.countries.geometries.flatMap(({ properties, id, ...geometry }) => {
  const code = alpha2.get(String(id).padStart(3, '0')) ?? unnumbered[nameOf(properties)];
  // Ice and reefs without telephones only make the picture busier.
  return code === undefined || code === 'AQ' ? [] : [{ ...geometry, id: code }];
});
const slim: Slim = {
  type: 'Topology',
  arcs: atlas.arcs,
  objects: { countries: { type: 'GeometryCollection', geometries } },
  ...(atlas.transform && { transform: atlas.transform }),
};
const simplified = simplify(presimplify(slim), smallestArea);
function nameOf(properties: Named | Record<never, never> | undefined): string {
  return properties && 'name' in properties ? (properties.name ?? '') : '';
}

const text = JSON.stringify(
  quantize(
    filter(simplified, () => true),
    grid,
  ),
);

const source = `// Written by scripts/worldMap.ts from Natural Earth's data (public domain). Do not edit.
/** A TopoJSON topology whose object \`countries\` has an ISO 3166-1 alpha-2 id for each geometry. */
export const worldTopology =
  '${text}';
`;
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== source) {
    console.error('src/webview/map/worldTopology.ts is stale. Run: node scripts/worldMap.ts');
    process.exitCode = 1;
  }
} else writeFileSync(target, source);
