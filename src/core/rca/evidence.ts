import { isCaptureFile, isDigest } from '../evidence/captureRecord.ts';
import { type ImportedLog, isRejectedFile, type RejectedRows } from '../evidence/importRecord.ts';
import { type Block, cited, data, type Inline, type Line, left, paragraph, right, strong, text } from './document.ts';
import { evidenceLimits } from './evidenceLimits.ts';
import type { EvidenceFacts, EvidenceFile, EvidenceRow, NamedHash, RcaFacts } from './facts.ts';
import { count, utcMinute } from './formats.ts';

/** A cell names so many files; the list below the table names all. */
const filesInCell = 3;
/** A line names so many accounts; the journal names all. */
const accountsInLine = 5;

/** What was kept of the incident, how complete it is and how to check that it is unchanged. */
export function evidence({ evidence: kept }: RcaFacts): readonly Block[] {
  if (!kept)
    return [
      paragraph(
        text('No evidence was collected for this incident. Run “Collect Evidence…” while Twilio still keeps it.'),
      ),
    ];
  const { sources, files, deletions, imports = [] } = kept;
  return [
    ...(sources.length > 0 ? [table(sources, files)] : []),
    ...completeness(sources),
    ...evidenceLimits(sources),
    ...sources.flatMap(leadOf),
    ...importList(imports),
    paragraph(...privacy(kept)),
    ...fileList(
      files,
      imports.flatMap(({ rejected, deleted: gone }) => (rejected && gone === undefined ? [rejected] : [])),
    ),
    ...deletions.flatMap(deleted),
  ];
}

function table(rows: readonly EvidenceRow[], files: readonly EvidenceFile[]): Block {
  return {
    kind: 'table',
    columns: [...left('Source', 'Account', 'State'), ...right('Rows'), ...left('First row', 'Last row', 'Files')],
    rows: rows.map((row) => [
      [text(row.source)],
      [data(row.account)],
      [text(row.state)],
      [text(count(row.rows))],
      [text(row.first === undefined ? '–' : utcMinute(row.first))],
      [text(row.last === undefined ? '–' : utcMinute(row.last))],
      [text(filesText(row.files, files))],
    ]),
  };
}

/** `E1 (3f2a9c41…), E2 (…) and 5 more`. */
function filesText(ids: readonly string[], files: readonly EvidenceFile[]): string {
  const named = ids.slice(0, filesInCell).map((id) => {
    const hash = files.find((file) => file.id === id)?.sha256 ?? '';
    return isDigest(hash) ? `${id} (${hash.slice(0, 8)}…)` : id;
  });
  if (named.length === 0) return '–';
  return `${named.join(', ')}${ids.length > filesInCell ? ` and ${ids.length - filesInCell} more` : ''}`;
}

function completeness(rows: readonly EvidenceRow[]): readonly Block[] {
  const lacking = rows.filter(({ state }) => state !== 'complete');
  if (rows.length === 0) return [];
  if (lacking.length === 0)
    return [paragraph(strong('Complete:'), text(' every source above was read to its end in the whole window.'))];
  return [
    paragraph(strong('Incomplete:'), text(' what is missing, and why.')),
    {
      kind: 'list',
      items: lacking.map(
        (row): Line => [
          text(`${row.source}, `),
          data(row.account),
          text(`: ${row.state}.`),
          // That it was not is all there is to say of what was not collected.
          ...(row.state === 'not collected' ? [] : row.why).flatMap((reason): readonly Inline[] => [
            text(' '),
            data(reason),
          ]),
        ],
      ),
    },
  ];
}

/** What was read from before the window tells what is new in it: it is no part of the incident. */
function leadOf({ source, account, lead }: EvidenceRow): readonly Block[] {
  if (!lead) return [];
  return [
    paragraph(
      text(`${source} of `),
      data(account),
      text(
        ` were read since ${utcMinute(lead.from)}${lead.rows === undefined ? '' : `, ${count(lead.rows)} rows before the window`}, to tell what is usual.`,
      ),
    ),
  ];
}

function importList(imports: NonNullable<EvidenceFacts['imports']>): readonly Block[] {
  if (imports.length === 0) return [];
  return [
    paragraph(strong('Imported:'), text(' these files were given by a person, not read from Twilio.')),
    {
      kind: 'list',
      items: imports.map(
        ({ file, sha256, rows, bad, first, last, refused, deleted: gone, citation, ...whose }): Line => [
          data(file),
          text(`, ${count(rows)} rows`),
          ...(first === undefined || last === undefined
            ? []
            : [text(` from ${utcMinute(first)} to ${utcMinute(last)}`)]),
          ...(bad > 0 ? [text(`, ${count(bad)} not understood`)] : []),
          ...accountsOf(whose),
          text(', '),
          ...hash({ sha256: sha256 ?? '' }),
          ...(refused === undefined ? [] : [text(', not taken in: '), data(refused)]),
          ...(gone === undefined ? [] : [text(`, deleted again at ${utcMinute(gone)}: none of it counts here`)]),
          ...cited([citation]),
        ],
      ),
    },
  ];
}

function privacy({ bodies }: EvidenceFacts): Line {
  return bodies === 'masked'
    ? [text('One-time codes in message bodies were masked before anything was written. Secrets were removed.')]
    : [text('Message bodies were kept in full, as was asked for this incident. Secrets were removed.')];
}

/** `rejected`: what imports put aside, which is evidence of what was in their files. */
function fileList(files: readonly EvidenceFile[], rejected: readonly RejectedRows[]): readonly Block[] {
  if (files.length + rejected.length === 0) return [];
  return [
    paragraph(text('Files, each written once; “scripts/verify-incident.mjs” checks them against the journal:')),
    {
      kind: 'list',
      items: [
        ...files.map((file) => [
          strong(file.id),
          text(' '),
          name(file),
          text(`, ${count(file.rows)} rows, ${count(file.bytes)} bytes, `),
          ...hash(file),
        ]),
        ...rejected.map((file) => [name(file), text(`, ${count(file.rows)} rows not understood, `), ...hash(file)]),
      ],
    },
  ];
}

/** Whose rows a file brought, and whose were not taken in. */
function accountsOf({ accounts = [], unnamed = 0, leftOut = [] }: Partial<ImportedLog>): Line {
  const sids = accounts.slice(0, accountsInLine).map(({ sid }) => sid);
  const more = accounts.length > sids.length ? ` and ${accounts.length - sids.length} more` : '';
  const others = leftOut.reduce((sum, { rows }) => sum + rows, 0);
  return [
    ...(sids.length > 0 ? [text(`, of ${sids.join(', ')}${more}`)] : []),
    ...(unnamed > 0 ? [text(`, ${count(unnamed)} of them naming no account`)] : []),
    ...(others > 0 ? [text(`, ${count(others)} of accounts that the incident is not about left out`)] : []),
  ];
}

function deleted({ at, only, files }: EvidenceFacts['deletions'][number]): readonly Block[] {
  const gone = files.length === 1 ? '1 file of evidence was' : `${count(files.length)} files of evidence were`;
  const what = only === undefined ? [] : [text(', all that was imported from '), data(only)];
  return [
    paragraph(
      strong('Deleted:'),
      text(` ${gone} deleted on purpose at ${utcMinute(at)}`),
      ...what,
      text(files.length === 1 ? '. It was:' : '. They were:'),
    ),
    { kind: 'list', items: files.map((file) => [name(file), text(', '), ...hash(file)]) },
  ];
}

/** Defanged, the name of a file of ours would be another's. */
function name({ file }: NamedHash): Inline {
  return isCaptureFile(file) || isRejectedFile(file) ? text(file) : data(file);
}

/** A SHA-256 is digits enough to be masked as a phone number: it goes in as our own words, and only when it is one. */
function hash({ sha256 }: Pick<NamedHash, 'sha256'>): Line {
  return isDigest(sha256) ? [text(`SHA-256 ${sha256}`)] : [text('SHA-256 unknown')];
}
