import type { Figure } from '../core/messages.ts';
import { type Channel, channelWords, titled } from '../core/traffic/channel.ts';
import { clockHour } from '../core/traffic/clockHour.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { describeMap, mapCountries } from './mapView.ts';
import { describeHeat } from './marks/describeHeat.ts';
import { describeSeries } from './marks/describeSeries.ts';
import { heatHeight, heatMap } from './marks/heatMap.ts';
import { type Picture, svgText } from './marks/svgText.ts';
import { timeSeries } from './marks/timeSeries.ts';
import { mapAspect, worldMap } from './marks/worldMap.ts';

/** Pixels of an exported picture: a page's width at 150 dpi. */
const width = 1200;

/** The panel's picture as an SVG file's text; `undefined` where there is nothing to show. */
export function pictureOf(state: TrafficState, figure: Figure): string | undefined {
  const picture = makers[figure](state);
  return picture && svgText(picture);
}

const makers: Readonly<Record<Figure, (state: TrafficState) => Picture | undefined>> = {
  map({ rows, span, channel }) {
    if (!span) return undefined;
    const countries = mapCountries(rows);
    return {
      title: `${counted(channel)} by country, ${clockHour(span.from)} to ${clockHour(span.to)} UTC`,
      description: describeMap(countries, channel),
      key: 'Hatched: flagged. Circle: excess over what was expected, by area. Blue: few to many.',
      size: { width, height: Math.round(width * mapAspect) },
      marks: worldMap(countries, undefined, width),
    };
  },
  series({ rows, selected, span, channel }) {
    const row = rows.find(({ country }) => country === selected?.country);
    if (!selected || !row || !span) return undefined;
    const size = { width, height: 360 };
    return {
      title: `${counted(channel)} to ${row.name} by hour (UTC)`,
      description: describeSeries(selected, row.name, channel),
      key: 'Blue: per hour. Red: above the usual range (grey band). Hatched: blocked. Dashed: expected. Shaded: the hours counted.',
      size,
      marks: timeSeries(selected, size, span, channel),
    };
  },
  heat({ heat, window, channel }) {
    if (!window || heat.length === 0) return undefined;
    return {
      title: `${counted(channel)} by country and hour (UTC)`,
      description: describeHeat(heat),
      key: 'Blue, light to dark: 1, 10, 100, 1,000 an hour or more. Red and hatched, in the same steps: above the usual range.',
      size: { width, height: heatHeight(heat.length) },
      marks: heatMap(heat, window.from, undefined, width, channel),
    };
  },
};

function counted(channel: Channel): string {
  return titled(channelWords[channel].many);
}

/** The picture as PNG in base64. Fails where the browser cannot draw it. */
export async function pngOf(svg: string): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * 2;
  canvas.height = image.naturalHeight * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
