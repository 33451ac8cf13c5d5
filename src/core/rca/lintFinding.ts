export const lintCodes = [
  'unanswered-question',
  'claim-without-evidence',
  'unknown-evidence',
  'stale-journal',
  'live-url',
  'secret',
  'unmasked-number',
  'local-time',
] as const;
export type LintCode = (typeof lintCodes)[number];

/** Something to put right in a document. `line` from 0; `start` and `end` in UTF-16 units of that line. */
export interface LintFinding {
  readonly code: LintCode;
  readonly severity: 'error' | 'warning' | 'information';
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  /** Replaces what is marked. */
  readonly fix?: { readonly title: string; readonly text: string };
}
