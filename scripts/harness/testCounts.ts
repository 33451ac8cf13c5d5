import { readFileSync } from 'node:fs';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** The names of tests that failed and passed when they were tried again: they count as passed, and are told. */
  readonly again: readonly string[];
}

interface VitestTest {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

/**
 * What a report of Vitest's JSON reporter says. One that is missing, or says nothing ran, counts as one failure. A test that passed with
 * failure messages was tried again.
 */
export function vitestCounts(file: string): Counts {
  return counts(file, 'numPassedTests', 'numFailedTests', ({ testResults = [] }) =>
    testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
      .map(({ fullName }) => fullName),
  );
}

/** What the in-host suite leaves behind. */
export function hostCounts(file: string): Counts {
  return counts(file, 'passed', 'failed', ({ again = [] }) => again);
}

interface Report {
  readonly [key: string]: unknown;
  readonly testResults?: readonly { readonly assertionResults: readonly VitestTest[] }[];
  readonly again?: readonly string[];
}

function counts(
  file: string,
  passedKey: string,
  failedKey: string,
  again: (report: Report) => readonly string[],
): Counts {
  try {
    const report: Report = JSON.parse(readFileSync(file, 'utf8'));
    const passed = report[passedKey];
    const failed = report[failedKey];
    if (typeof passed === 'number' && typeof failed === 'number' && passed + failed > 0)
      return { passed, failed, again: again(report) };
  } catch {
    // no report: the runner died before it wrote one
  }
  return { passed: 0, failed: 1, again: [] };
}
