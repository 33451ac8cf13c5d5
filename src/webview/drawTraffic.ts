import { hourly, rankCountries } from '../core/traffic/ranking.ts';
import type { TrafficReport } from '../core/traffic/report.ts';
import { firstHourOfLastDay } from '../core/traffic/table.ts';
import { describeSeries } from './marks/describeSeries.ts';
import { svgText } from './marks/svgText.ts';
import { timeSeries } from './marks/timeSeries.ts';

const size = { width: 1200, height: 360 } as const;
const hour = 3_600_000;

/**
 * The hours of the country that stands out most, as an SVG file for a document; `undefined` when none does. Its name tells country and
 * hour, so that another reading is another file. Runs without a DOM.
 */
export function drawTraffic(report: TrafficReport) {
  const [top] = rankCountries(report).filter(({ flag }) => flag);
  if (!top) return undefined;
  const { country, name } = top;
  const series = hourly(report, country);
  const from = series.from + firstHourOfLastDay * hour;
  const until = new Date(report.window.to).toISOString().slice(0, 16).replace(/[:T]/g, '-');
  return {
    file: `figures/rca-traffic-${country.toLowerCase()}-${until}.svg`,
    alt: `Messages by hour to ${name}`,
    svg: svgText({
      title: `Messages to ${name} by hour (UTC)`,
      description: describeSeries(series, name),
      size,
      marks: timeSeries(series, size, {
        from,
        to: from + 24 * hour,
      }),
    }),
  };
}
