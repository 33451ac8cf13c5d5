import { readFileSync } from 'node:fs';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** The counts in a report of Vitest's JSON reporter. A report that is missing, or says nothing ran, counts as one failure. */
export function vitestCounts(file: string): Counts {
  return counts(file, 'numPassedTests', 'numFailedTests');
}

/** The counts the in-host suite leaves behind. */
export function hostCounts(file: string): Counts {
  return counts(file, 'passed', 'failed');
}

function counts(file: string, passedKey: string, failedKey: string): Counts {
  try {
    const report: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
    const passed = report[passedKey];
    const failed = report[failedKey];
    if (typeof passed === 'number' && typeof failed === 'number' && passed + failed > 0) return { passed, failed };
  } catch {
    // no report: the runner died before it wrote one
  }
  return { passed: 0, failed: 1 };
}
