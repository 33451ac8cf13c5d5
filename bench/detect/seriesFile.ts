/** A series of a CSV file `series,t,value[,label]`. */
export interface FileSeries {
  readonly name: string;
  /** As the file has them: instants, or counted from 0. */
  readonly times: readonly string[];
  readonly values: readonly number[];
  readonly labels: readonly number[] | undefined;
}

export const gridNames = { hourly: 3600, daily: 86_400, weekly: 7 * 86_400 } as const;

/** Throws on a file without these columns. */
export function readSeries(text: string): FileSeries[] {
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  const columns = header.split(',').map((name) => name.trim().toLowerCase());
  const at = (name: string): number => columns.indexOf(name);
  if (at('series') < 0 || at('t') < 0 || at('value') < 0)
    throw new TypeError(
      'The first line has to name the columns series, t and value (and label, where there are labels).',
    );
  const found = new Map<string, { times: string[]; values: number[]; labels: number[] }>();
  for (const line of lines) {
    const cells = line.split(',');
    const name = cells[at('series')] ?? '';
    const series = found.get(name) ?? { times: [], values: [], labels: [] };
    found.set(name, series);
    series.times.push(cells[at('t')] ?? '');
    series.values.push(Number(cells[at('value')]));
    series.labels.push(Number(cells[at('label')] ?? 0));
  }
  return [...found].map(([name, { times, values, labels }]) => ({
    name,
    times,
    values,
    labels: at('label') < 0 ? undefined : labels,
  }));
}

/**
 * Seconds between the values of each series: from its instants. Where they are only counted, of all these together: daily when the values have a
 * rhythm of seven, or are too many for weeks.
 */
export function spacingsOf(series: readonly FileSeries[]): number[] {
  const isCounted = ({ times }: FileSeries): boolean => times.slice(0, 50).every((time) => /^\d{1,6}$/.test(time));
  const counted = series.filter(isCounted);
  const ofCounted = counted.length > 0 ? rhythmOf(counted) : gridNames.hourly;
  return series.map((one) => (counted.includes(one) ? ofCounted : medianGap(one.times)));
}

function medianGap(times: readonly string[]): number {
  const gaps = times.slice(1, 200).map((time, i) => (Date.parse(time) - Date.parse(times[i] ?? '')) / 1000);
  return gaps.toSorted((a, b) => a - b)[gaps.length >> 1] || gridNames.hourly;
}

function rhythmOf(series: readonly FileSeries[]): number {
  const rhythm = (lag: number): number =>
    series.reduce((sum, { values }) => sum + autocorrelation(values, lag), 0) / series.length;
  const longest = Math.max(...series.map(({ values }) => values.length));
  if (longest > 500 && rhythm(24) > rhythm(12) + 0.1 && rhythm(24) > rhythm(17) + 0.1) return gridNames.hourly;
  return longest > 800 || rhythm(7) > (rhythm(3) + rhythm(4)) / 2 + 0.1 ? gridNames.daily : gridNames.weekly;
}

function autocorrelation(values: readonly number[], lag: number): number {
  const roots = values.map((value) => Math.sqrt(Math.max(0, value)));
  const mean = roots.reduce((a, b) => a + b, 0) / roots.length;
  let own = 1e-9;
  let shifted = 0;
  for (const [i, root] of roots.entries()) {
    own += (root - mean) ** 2;
    shifted += (root - mean) * ((roots[i + lag] ?? mean) - mean);
  }
  return shifted / own;
}
