export const lintCodes = [
  'unanswered-question',
  'empty-section',
  'claim-without-evidence',
  'unknown-evidence',
  'stale-journal',
  'live-url',
  'secret',
  'unmasked-number',
  'local-time',
] as const;
export type LintCode = (typeof lintCodes)[number];

/** Commands that put something right: `cite` asks for evidence and writes it where the finding is. */
export type LintCommand = 'refreshRca' | 'switchNumbers' | 'cite';

/** What puts something right: `text` replaces what is marked, `lines` the whole line (no lines: it goes). */
export type LintFix = { readonly title: string } & (
  | { readonly text: string }
  | { readonly lines: readonly string[] }
  | { readonly command: LintCommand }
);

/** Something to put right in a document. `line` from 0; `start` and `end` in UTF-16 units of that line. */
export interface LintFinding {
  readonly code: LintCode;
  readonly severity: 'error' | 'warning' | 'information';
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  /** The likeliest first; there is always one. */
  readonly fixes: readonly LintFix[];
}
