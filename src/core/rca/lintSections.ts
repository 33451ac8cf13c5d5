import { promptSign } from './document.ts';
import type { LintFinding } from './lintFinding.ts';

const headingLine = /^ {0,3}(#{1,6})(?:\s|$)/;
/** What a reader does not see: nothing, or a comment of one line. */
const invisible = /^(?:<!--.*-->)?$/;

/** Headings that nothing follows before the next of their level or above. */
export function emptySections(lines: readonly string[]): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  let open: { readonly line: number; readonly depth: number } | undefined;
  let fence: string | undefined;
  const close = (depth: number): void => {
    if (open && depth <= open.depth) findings.push(finding(lines[open.line] ?? '', open.line));
  };
  for (const [at, line] of lines.entries()) {
    const [, mark] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (mark !== undefined && (fence === undefined || mark.startsWith(fence)))
      fence = fence === undefined ? mark : undefined;
    const [, signs] = (fence === undefined && headingLine.exec(line)) || [];
    if (signs !== undefined) {
      close(signs.length);
      open = { line: at, depth: signs.length };
    } else if (!invisible.test(line.trim())) open = undefined;
  }
  close(1);
  return findings;
}

function finding(heading: string, line: number): LintFinding {
  return {
    code: 'empty-section',
    severity: 'warning',
    line,
    start: 0,
    end: heading.length,
    message: 'There is nothing below this heading. Write it, refresh the document, or remove the heading.',
    fixes: [
      { title: 'Put a question there', lines: [heading, '', `> ${promptSign} What belongs here?`] },
      { title: 'Remove the heading', lines: [] },
    ],
  };
}
