import { describe, expect, test } from 'vitest';
import { thresholdsIn } from '../../../src/core/validate/threshold.ts';
import { readThresholds, thresholdSettings } from '../../../src/core/validate/thresholdSettings.ts';
import { defaultThresholds, thresholdTable } from '../../../src/core/validate/thresholds.ts';

const all = thresholdsIn(thresholdTable);
const prefix = 'twilioIncident.validate.';
const set = (values: Readonly<Record<string, unknown>>) => readThresholds((setting) => values[setting]);

describe('thresholds', () => {
  test('have a default within their bounds, a meaning that is a sentence, and a source', () => {
    expect(all.length).toBeGreaterThan(30);
    for (const { name, threshold } of all) {
      const { usual, least, most, whole, meaning, source } = threshold;
      expect(`${name} ${usual >= least && usual <= most}`).toBe(`${name} true`);
      expect(`${name} ${!whole || Number.isInteger(usual)}`).toBe(`${name} true`);
      expect(meaning).toMatch(/^[A-Z].{15,}\.$/);
      expect(source).toMatch(/^(?:Chosen|Twilio’s fraud guide)/);
    }
  });

  test('are settings of the application, each with type, bounds and source, that no workspace can set', () => {
    const settings = thresholdSettings();
    expect(Object.keys(settings)).toEqual(all.map(({ name }) => `${prefix}${name}`));
    for (const one of Object.values(settings)) expect(one).toMatchObject({ scope: 'application', ignoreSync: true });
    expect(settings[`${prefix}toll.longCall.premium`]).toEqual({
      type: 'integer',
      default: 30,
      minimum: 1,
      maximum: 86_400,
      scope: 'application',
      ignoreSync: true,
      description:
        'Seconds from which a call to a premium number is long. Source of the default: Twilio’s fraud guide: over 30 s.',
    });
  });

  test('are the usual ones where nothing is set, also when the usual value is written down', () => {
    expect(set({})).toEqual({ thresholds: defaultThresholds, changed: [], ignored: [] });
    expect(set({ [`${prefix}historyDays`]: 7 }).changed).toEqual([]);
  });

  test('take over each setting, and tell which differ', () => {
    for (const { name, threshold } of all) {
      const value = threshold.usual === threshold.most ? threshold.least : threshold.most;
      const { thresholds, changed, ignored } = set({ [`${prefix}${name}`]: value });
      expect([changed, ignored]).toEqual([[{ name, value, usual: threshold.usual }], []]);
      const at = name.split('.').reduce<unknown>((tree, key) => Object(tree)[key], thresholds);
      expect(`${name} ${at}`).toBe(`${name} ${value}`);
    }
  });

  test.each([
    ['text', '3'],
    ['no number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a negative number', -1],
    ['too little', 0],
    ['too much', 91],
    ['a fraction of a day', 7.5],
    ['null', null],
    ['a list', [7]],
    ['an object', { usual: 7, meaning: 'x' }],
  ])('are the usual ones for what cannot be used, which is told: %s', (_what, value) => {
    const { thresholds, changed, ignored } = set({ [`${prefix}historyDays`]: value });
    expect([thresholds, changed]).toEqual([defaultThresholds, []]);
    expect(ignored).toHaveLength(1);
    expect(ignored[0]).toMatch(
      /^The setting “twilioIncident\.validate\.historyDays” is .+ from 1 to 90\. 7 was used instead\.$/,
    );
  });
});
