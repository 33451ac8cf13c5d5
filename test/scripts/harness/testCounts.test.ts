import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hostCounts, vitestCounts } from '../../../scripts/harness/testCounts.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'counts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: string): string {
  const file = path.join(folder, 'report.json');
  writeFileSync(file, content);
  return file;
}

test('the counts are the ones of the report', () => {
  expect(vitestCounts(report('{"numPassedTests":7,"numFailedTests":2}'))).toEqual({ passed: 7, failed: 2, again: [] });
  expect(hostCounts(report('{"passed":3,"failed":0}'))).toEqual({ passed: 3, failed: 0, again: [] });
});

test('a run that left no report, half a report or no test counts as a failure', () => {
  expect(vitestCounts(path.join(folder, 'missing.json'))).toEqual({ passed: 0, failed: 1, again: [] });
  expect(vitestCounts(report('{"numPassedTests":7,'))).toEqual({ passed: 0, failed: 1, again: [] });
  expect(hostCounts(report('{"passed":0,"failed":0}'))).toEqual({ passed: 0, failed: 1, again: [] });
});

test('a test that passed only when it was tried again is named', () => {
  const assertionResults = [
    { fullName: 'at once', status: 'passed', failureMessages: [] },
    { fullName: 'at the second try', status: 'passed', failureMessages: ['expected 1 to be 2'] },
    { fullName: 'never', status: 'failed', failureMessages: ['expected 1 to be 2', 'expected 1 to be 2'] },
  ];
  const vitest = JSON.stringify({ numPassedTests: 2, numFailedTests: 1, testResults: [{ assertionResults }] });
  expect(vitestCounts(report(vitest)).again).toEqual(['at the second try']);
  expect(hostCounts(report('{"passed":3,"failed":0,"again":["a row"]}')).again).toEqual(['a row']);
});
