import { findBlocks, linesOf } from './blocks.ts';
import { promptSign } from './document.ts';
import { citationFindings, claims, type KnownRecord } from './lintEvidence.ts';
import type { LintFinding, LintFix } from './lintFinding.ts';
import { emptySections } from './lintSections.ts';
import { liveUrls, localTimes, secrets, unmaskedNumbers } from './lintText.ts';
import { isNumbersMarker, ownNumbers } from './numbers.ts';

/** So much of a line is looked through, in UTF-16 units. */
const longestLine = 20_000;

/** Looks through an RCA or support packet. `known` is what the journal of its incident tells; without it, evidence is not checked. */
export function lint(text: string, known?: KnownRecord): readonly LintFinding[] {
  const lines = linesOf(text).map((line) => line.slice(0, longestLine));
  const { blocks } = findBlocks(text);
  const generated = (line: number) => blocks.some(({ begin, end }) => line >= begin && line <= end);
  // Support needs own numbers whole; the line is of the extension only within a block.
  const isOwn = (line: string, at: number) => generated(at) && line.startsWith(`- **${ownNumbers}** `);
  const numbers = numberFindings(lines, known);
  return [
    ...emptySections(lines),
    ...numbers.findings,
    ...lines.flatMap((line, at): readonly LintFinding[] => [
      ...prompts(line, at),
      ...(known ? citationFindings(line, at, known) : []),
      ...(generated(at) ? [] : claims(lines, at)),
      ...liveUrls(line, at),
      ...secrets(line, at),
      ...(numbers.areWhole || isOwn(line, at) ? [] : unmaskedNumbers(line, at)),
      ...localTimes(line, at),
    ]),
  ];
}

/** In a document that was unmasked on purpose numbers are no findings, but that it is so. */
function numberFindings(lines: readonly string[], known: KnownRecord | undefined) {
  const at = lines.findIndex(isNumbersMarker);
  if (at < 0) return { areWhole: false, findings: [] };
  const areWhole = known === undefined || known.unmasked === true;
  const found: LintFinding = {
    code: 'unmasked-number',
    severity: areWhole ? 'information' : 'warning',
    line: at,
    start: 0,
    end: lines[at]?.length ?? 0,
    message: areWhole
      ? 'This document shows whole phone numbers on purpose. Mask them again before others get it.'
      : 'This says that phone numbers are whole here, and the journal does not: a refresh masks them.',
    fixes: [
      areWhole
        ? { title: 'Mask the numbers again', command: 'switchNumbers' }
        : { title: 'Remove this line', lines: [] },
    ],
  };
  return { areWhole, findings: [found] };
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
      fixes: [answered(line, index)],
    };
  });
}

/** A quotation goes; a why stays, for its answer to stand behind it; a cell gets a dash. */
function answered(line: string, sign: number): LintFix {
  if (line.trimStart().startsWith('>')) return { title: 'Remove the question: it is answered', lines: [] };
  if (/^\s*\d+\./.test(line))
    return { title: 'Keep the question, for its answer behind it', text: `${line.slice(sign + 1).trim()} ` };
  return { title: 'Not needed: put a dash', text: '–' };
}
