import { describe, expect, it } from 'vitest';
import { validatedSources } from '../../../src/core/validate/validate.ts';
import { judge } from './captured.ts';

describe('what was not collected in full', () => {
  it('is told in the verdict, in the indicator and by itself', async () => {
    const { assessment, of } = await judge([], validatedSources, ['calls']);
    expect(of('T2')).toMatchObject({ state: 'clean', incomplete: ['calls'] });
    expect(assessment.verdicts.find(({ type }) => type === 'toll-fraud')?.sentence).toContain('incomplete: calls');
    expect(assessment.incomplete).toEqual(['Calls of AC…0001: partial. It has not been collected.']);
  });

  it('is nothing when everything is held', async () => {
    const { assessment, judged } = await judge([]);
    expect(assessment.incomplete).toEqual([]);
    expect(judged.filter(({ result }) => result.incomplete)).toEqual([]);
  });
});
