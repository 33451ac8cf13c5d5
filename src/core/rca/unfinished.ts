import { linesOf } from './blocks.ts';
import { promptSign } from './document.ts';
import type { DocumentStatus } from './facts.ts';
import { lint } from './lint.ts';
import type { KnownRecord } from './lintEvidence.ts';

/** What a person should know before a document leaves the house. */
export interface Unfinished {
  /** Places that are marked as not answered or to be filled in. */
  readonly questions: number;
  /** The first of them: line from 0, and the question, which is the document's text; a cell of a table has none. */
  readonly first?: { readonly line: number; readonly question: string };
  /** Records that the journal gained since the document was written from it. */
  readonly later: number;
  /** Everything else that its diagnostics would put right, but for what is there on purpose. */
  readonly findings: number;
  /** All of it in words of our own: `Status Draft. 12 places marked ✍ are not answered.` Empty when it is Final and nothing is open. */
  readonly sentence: string;
}

const mostShown = 120;

/** Looks through an RCA's text for what is not finished. `known`: what its journal tells now. */
export function unfinished(text: string, status: DocumentStatus, known: KnownRecord): Unfinished {
  const found = lint(text, known);
  const open = found.filter(({ code }) => code === 'unanswered-question').toSorted((a, b) => a.line - b.line);
  const others = found.filter(
    ({ code, severity }) => code !== 'unanswered-question' && code !== 'stale-journal' && severity !== 'information',
  );
  const { later } = known;
  const [first] = open;
  const question = first && (linesOf(text)[first.line] ?? '').split(promptSign)[1]?.split('|')[0]?.trim();
  const parts = [
    ...(status === 'Final' ? [] : [`Status ${status}`]),
    ...(open.length > 0 ? [unanswered(open.length)] : []),
    ...(later > 0 ? [`the journal has ${later === 1 ? '1 newer record' : `${later} newer records`}`] : []),
    ...(others.length > 0 ? [`${others.length === 1 ? '1 problem' : `${others.length} problems`} marked in it`] : []),
  ];
  return {
    questions: open.length,
    ...(first && { first: { line: first.line, question: (question ?? '').slice(0, mostShown) } }),
    later,
    findings: others.length,
    sentence: parts
      .map((part, i) => `${i === 0 ? part.charAt(0).toUpperCase() : part.charAt(0)}${part.slice(1)}`)
      .join('; '),
  };
}

function unanswered(many: number): string {
  return `${many === 1 ? '1 place' : `${many} places`} marked ${promptSign} ${many === 1 ? 'is' : 'are'} not answered`;
}
