import type { JsonObject } from '../model/json.ts';
import { type Threshold, thresholdsIn, valuesOf } from './threshold.ts';
import { type Thresholds, thresholdTable } from './thresholds.ts';

const prefix = 'twilioIncident.validate.';

/** A threshold that is not the usual one, as it is recorded with the verdict. */
export interface ChangedThreshold {
  /** `pumping.blocks.warning`. */
  readonly name: string;
  readonly value: number;
  readonly usual: number;
}

export interface SetThresholds {
  readonly thresholds: Thresholds;
  readonly changed: readonly ChangedThreshold[];
  /** Settings that cannot be used, a sentence each; the usual value counts there. May hold hostile text. */
  readonly ignored: readonly string[];
}

/**
 * The settings of the thresholds, by their full name, as a manifest declares them. Of the application: a repository that is opened must not be
 * able to make fraud look clean; and not synchronized, so that every computer judges as it was told on it.
 */
export function thresholdSettings(): JsonObject {
  return Object.fromEntries(
    thresholdsIn(thresholdTable).map(({ name, threshold }) => {
      const { usual, least, most, whole, meaning, source } = threshold;
      const about = `${meaning} Source of the default: ${source.endsWith('.') ? source : `${source}.`}`;
      return [
        `${prefix}${name}`,
        {
          type: whole ? 'integer' : 'number',
          default: usual,
          minimum: least,
          maximum: most,
          scope: 'application',
          ignoreSync: true,
          description: about,
        },
      ];
    }),
  );
}

/** The thresholds as a person set them. `read` gives the value of a setting by its full name, `undefined` where none was set. */
export function readThresholds(read: (setting: string) => unknown): SetThresholds {
  const changed: ChangedThreshold[] = [];
  const ignored: string[] = [];
  const set = new Map<string, number>();
  for (const { name, threshold } of thresholdsIn(thresholdTable)) {
    const value = read(`${prefix}${name}`);
    if (value === undefined) continue;
    const { usual } = threshold;
    if (!isUsable(value, threshold)) ignored.push(sentence(name, value, threshold));
    else if (value !== usual) {
      set.set(name, value);
      changed.push({ name, value, usual });
    }
  }
  return { thresholds: valuesOf(thresholdTable, (name) => set.get(name)), changed, ignored };
}

function isUsable(value: unknown, { least, most, whole }: Threshold): value is number {
  return typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value));
}

function sentence(name: string, value: unknown, { usual, least, most, whole }: Threshold): string {
  const given = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? typeof value);
  return `The setting “${prefix}${name}” is ${given}; it must be a ${whole ? 'whole number' : 'number'} from ${least} to ${most}. ${usual} was used instead.`;
}
