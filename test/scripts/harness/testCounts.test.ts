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
  expect(vitestCounts(report('{"numPassedTests":7,"numFailedTests":2}'))).toEqual({ passed: 7, failed: 2 });
  expect(hostCounts(report('{"passed":3,"failed":0}'))).toEqual({ passed: 3, failed: 0 });
});

test('a run that left no report, half a report or no test counts as a failure', () => {
  expect(vitestCounts(path.join(folder, 'missing.json'))).toEqual({ passed: 0, failed: 1 });
  expect(vitestCounts(report('{"numPassedTests":7,'))).toEqual({ passed: 0, failed: 1 });
  expect(hostCounts(report('{"passed":0,"failed":0}'))).toEqual({ passed: 0, failed: 1 });
});
