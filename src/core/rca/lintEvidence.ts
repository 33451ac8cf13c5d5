import type { LintFinding } from './lintFinding.ts';

/** What the journal of a document's incident tells. */
export interface KnownRecord {
  /** `E3` → the file is there, or was deleted on purpose. */
  readonly evidence: ReadonlyMap<string, 'held' | 'deleted'>;
  /** Number of the journal's last record. */
  readonly records: number;
  hashOf(seq: number): string | undefined;
  /** The journal says that the numbers of this document are whole. */
  readonly unmasked?: boolean;
  /** Records since the document was last written, documents aside. */
  readonly later: number;
}

const citations = /(?<![\p{L}\p{N}.-])([EJ])([1-9]\d{0,8})(?::\d+)?(?![\p{L}\p{N}-])/gu;
const journalLine = /record (\d+), SHA-256 ([0-9a-f]{64})/;
/** A number with a unit, money, an instant or a SID: what somebody may ask proof of. */
const claim =
  /(?<![\w,.])\d[\d,.]{0,20}\s?(?:messages?|calls?|minutes?|attempts?|numbers?|recipients?|users?|accounts?|%|USD|EUR|GBP|[$€£])|[$€£]\s?\d|\b\d{4}-\d\d-\d\d \d\d:\d\d|\b[A-Z]{2}[0-9a-f]{32}\b/i;

/** Where a document cites evidence. */
export function citationsIn(
  line: string,
): readonly { readonly id: string; readonly start: number; readonly end: number }[] {
  return [...line.matchAll(citations)]
    .map(({ index, 0: whole, 1: kind, 2: number }) => ({
      id: `${kind}${number}`,
      start: index,
      end: index + whole.length,
    }))
    .filter(({ id }) => id !== 'E164');
}

/** Evidence that is not there, and a document that is older than the journal. */
export function citationFindings(line: string, at: number, known: KnownRecord): readonly LintFinding[] {
  return [
    ...citationsIn(line).flatMap(({ id, start, end }): readonly LintFinding[] => {
      const wrong = wrongWith(id, known);
      return wrong === undefined
        ? []
        : [
            {
              code: 'unknown-evidence',
              severity: 'warning',
              line: at,
              start,
              end,
              message: wrong,
              fixes: [
                { title: 'Cite other evidence…', command: 'cite' },
                { title: 'Remove the citation', lines: [without(line, start, end)] },
              ],
            },
          ];
    }),
    ...staleHead(line, at, known),
  ];
}

/** The line without a citation, and without the brackets when it was alone in them. */
function without(line: string, start: number, end: number): string {
  const alone = / ?\($/.exec(line.slice(0, start));
  return alone && line[end] === ')'
    ? line.slice(0, alone.index) + line.slice(end + 1)
    : line.slice(0, start) + line.slice(end);
}

function wrongWith(id: string, { evidence, records }: KnownRecord): string | undefined {
  if (id.startsWith('J'))
    return Number(id.slice(1)) <= records
      ? undefined
      : `The journal has no record ${id.slice(1)}: it ends with ${records}.`;
  const state = evidence.get(id);
  if (state === undefined) return `There is no evidence ${id} in this incident.`;
  return state === 'deleted' ? `${id} was deleted on purpose: nobody can look it up any more.` : undefined;
}

function staleHead(line: string, at: number, known: KnownRecord): readonly LintFinding[] {
  const found = journalLine.exec(line);
  if (!found) return [];
  const [whole, seq, hash] = found;
  const place = {
    code: 'stale-journal' as const,
    line: at,
    start: found.index,
    end: found.index + whole.length,
    fixes: [{ title: 'Refresh RCA', command: 'refreshRca' as const }],
  };
  if (known.hashOf(Number(seq)) !== hash)
    return [
      {
        ...place,
        severity: 'error',
        message:
          'The incident’s journal does not have this record: it is another journal, or one of the two was changed.',
      },
    ];
  if (known.later === 0) return [];
  const many = known.later === 1 ? '1 record' : `${known.later} records`;
  return [
    {
      ...place,
      severity: 'warning',
      message: `The journal has ${many} more since. “Refresh RCA” brings this up to date.`,
    },
  ];
}

/** A paragraph, list item or table row of a person that states figures, times or SIDs and cites nothing. */
export function claims(lines: readonly string[], at: number): readonly LintFinding[] {
  const line = lines[at] ?? '';
  if (/^\s*(?:#|>|<!--|```|!\[|\|[\s|:-]*$|$)/.test(line)) return [];
  const found = claim.exec(line);
  if (!found || citationsIn(paragraphAround(lines, at)).length > 0) return [];
  return [
    {
      code: 'claim-without-evidence',
      severity: 'information',
      line: at,
      start: found.index,
      end: found.index + found[0].length,
      message: 'This says something that can be proved and names no evidence. Cite it, such as (E3) or (J12).',
      fixes: [{ title: 'Cite evidence…', command: 'cite' }],
    },
  ];
}

/** Lines either side. Nobody looks for a citation further away. */
const longestParagraph = 30;

/** A paragraph is cited as a whole; list items and table rows each for themselves. */
function paragraphAround(lines: readonly string[], at: number): string {
  const alone = (line: string | undefined) => line === undefined || /^\s*(?:$|[-*+|#>]|\d+\.)/.test(line);
  let first = at;
  while (at - first < longestParagraph && !alone(lines[first]) && !/^\s*(?:$|[|#>])/.test(lines[first - 1] ?? ''))
    first -= 1;
  let last = at;
  while (last - at < longestParagraph && !alone(lines[last + 1])) last += 1;
  return lines.slice(Math.max(0, first), last + 1).join(' ');
}
