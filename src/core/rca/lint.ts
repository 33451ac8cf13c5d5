import { findBlocks, linesOf } from './blocks.ts';
import { promptSign } from './document.ts';
import { citationFindings, claims, type KnownRecord } from './lintEvidence.ts';
import type { LintFinding } from './lintFinding.ts';
import { liveUrls, localTimes, secrets, unmaskedNumbers } from './lintText.ts';

/** So much of a line is looked through, in UTF-16 units. */
const longestLine = 20_000;

/** Looks through an RCA or support packet. `known` is what the journal of its incident tells; without it, evidence is not checked. */
export function lint(text: string, known?: KnownRecord): readonly LintFinding[] {
  const lines = linesOf(text).map((line) => line.slice(0, longestLine));
  const { blocks } = findBlocks(text);
  const generated = (line: number) => blocks.some(({ begin, end }) => line >= begin && line <= end);
  return lines.flatMap((line, at): readonly LintFinding[] => [
    ...prompts(line, at),
    ...(known ? citationFindings(line, at, known) : []),
    ...(generated(at) ? [] : claims(lines, at)),
    ...liveUrls(line, at),
    ...secrets(line, at),
    ...unmaskedNumbers(line, at),
    ...localTimes(line, at),
  ]);
}

function prompts(line: string, at: number): readonly LintFinding[] {
  return [...line.matchAll(new RegExp(promptSign, 'g'))].map(({ index }) => {
    const isQuestion = /^\s*(?:>|\d+\.)/.test(line);
    return {
      code: 'unanswered-question',
      severity: 'information',
      line: at,
      start: index,
      end: isQuestion ? line.length : index + promptSign.length,
      message: isQuestion
        ? 'Not answered yet. Write the answer below and remove the question, or replace it.'
        : 'To be filled in.',
      ...(isQuestion &&
        line.trimStart().startsWith('>') && { fix: { title: 'Remove the question: it is answered', text: '' } }),
    };
  });
}
