import type { AttemptColumns } from '../../../core/traffic/attemptLog.ts';
import type { CallColumns } from '../../../core/traffic/callLog.ts';
import { type CountryOrBucket, isCountryOrBucket } from '../../../core/traffic/country.ts';
import { readOther } from './otherFiles.ts';

/** The calls of the import in this folder; `undefined` when it has none. Throws `UserError` when they are damaged. */
export async function openImportedCalls(folder: string): Promise<CallColumns | undefined> {
  const found = await readOther(folder, 'calls');
  if (!found) return undefined;
  const { rows, columns, values } = found;
  const { way, ...rest } = columns;
  const { ways, countries, ...lists } = values;
  return { rows, ...rest, direction: way, ...lists, directions: ways, countries: countries.map(known) };
}

/** The Verify attempts of the import in this folder; `undefined` when it has none. Throws `UserError` when they are damaged. */
export async function openImportedAttempts(folder: string): Promise<AttemptColumns | undefined> {
  const found = await readOther(folder, 'attempts');
  if (!found) return undefined;
  const { rows, columns, values } = found;
  const { way, status, seconds: _, ...rest } = columns;
  const { ways, statuses, countries, ...lists } = values;
  const named = { conversions: statuses, channels: ways, countries: countries.map(known) };
  return { rows, ...rest, conversion: status, channel: way, ...lists, ...named };
}

function known(country: string): CountryOrBucket {
  return isCountryOrBucket(country) ? country : 'unknown';
}
