import { unsettledText } from '../evidence/unsettled.ts';
import { utc } from '../model/age.ts';
import { shortSid } from '../model/sid.ts';
import { unnamedAccount, unnamedText } from '../traffic/logRow.ts';
import { combined, coverageText, rowsText } from './coverageText.ts';
import type { Coverage, IncidentFacts } from './facts.ts';
import type { IncidentRow, RowFact, RowTone } from './row.ts';

const looks: Readonly<Record<Coverage['state'], { readonly icon: string; readonly tone?: RowTone }>> = {
  complete: { icon: 'pass', tone: 'good' },
  partial: { icon: 'warning', tone: 'warning' },
  'not collected': { icon: 'circle-large-outline' },
  refused: { icon: 'circle-slash', tone: 'bad' },
};
const bodies = {
  masked: 'Message bodies: one-time codes are masked before anything is written.',
  full: 'Message bodies are kept in full, as was asked for this incident.',
} as const;
/** A tooltip names so many reasons at most. */
const mostReasons = 12;

/** Which evidence there is: a row per source, and below it one per account when there are several. */
export function evidenceSection(facts: IncidentFacts): readonly IncidentRow[] {
  const { coverage, collecting, deleted } = facts;
  const names = new Map<string, string>(facts.accounts.map(({ sid, name }) => [sid, name]));
  const nameOf = (account: string) =>
    account === unnamedAccount ? unnamedText : names.get(account) || shortSid(account);
  const isNamed = (account: string) => names.has(account);
  const sources = [...new Set(coverage.map(({ source }) => source))];
  const rows = sources.flatMap((source) =>
    sourceRow(
      coverage.filter((one) => one.source === source),
      { nameOf, isNamed },
      facts,
    ),
  );
  const complete = rows.filter(({ tone }) => tone === looks.complete.tone).length;
  const total = coverage.reduce((sum, { rows }) => sum + rows, 0);
  const started = coverage.some(({ state }) => state !== 'not collected');
  const state = started
    ? `${complete} of ${rows.length} complete${facts.gap === undefined ? '' : ' of the accounts known'} · ${rowsText(total)}`
    : deleted > 0
      ? 'deleted'
      : 'nothing collected yet';
  const gone = deleted === 1 ? '1 file of evidence was' : `${deleted} files of evidence were`;
  return [
    {
      id: 'evidence',
      label: 'Evidence',
      description: collecting ? 'being collected…' : state,
      icon: collecting ? 'sync' : 'archive',
      sentences: [
        ...(facts.unfinished && !collecting
          ? ['The last collection did not come to its end. “Collect Evidence…” offers to continue it.']
          : []),
        ...(facts.gap === undefined ? [] : [facts.gap]),
        ...(facts.bodies ? [bodies[facts.bodies]] : []),
        ...(deleted > 0 ? [`${gone} deleted; the journal keeps their names and SHA-256.`] : []),
      ],
      ...collectable(facts, { sources }),
      children: rows,
      expanded: true,
    },
  ];
}

function sourceRow(
  parts: readonly Coverage[],
  { nameOf, isNamed }: { readonly nameOf: (account: string) => string; readonly isNamed: (account: string) => boolean },
  facts: IncidentFacts,
): readonly IncidentRow[] {
  const whole = combined(parts, nameOf);
  if (!whole) return [];
  const id = `evidence/${whole.source}`;
  const sources = [whole.source];
  const accountRow = (part: Coverage): IncidentRow => ({
    ...described(`${id}/${part.account}`, nameOf(part.account), part, facts),
    // Of an account whose rows were imported only, nothing is collected: the incident does not name it, or nobody knows which it is.
    ...(part.account !== unnamedAccount &&
      isNamed(part.account) &&
      collectable(facts, { sources, accounts: [part.account] })),
  });
  return [
    {
      ...described(id, whole.title, whole, facts),
      ...collectable(facts, { sources }),
      ...(parts.length > 1 && { children: parts.map(accountRow) }),
    },
  ];
}

function described(
  id: string,
  label: string,
  coverage: Omit<Coverage, 'account'>,
  { window }: IncidentFacts,
): IncidentRow {
  const { state, rows, first, last, lead, collectedAt, why, caveat, unsettledFrom } = coverage;
  const known: readonly (RowFact | false)[] = [
    { name: 'State', value: state },
    state !== 'not collected' && { name: 'Rows', value: rowsText(rows) },
    first !== undefined && { name: 'First row', value: { at: first } },
    last !== undefined && { name: 'Last row', value: { at: last } },
    lead !== undefined && {
      name: 'Before the window',
      value: `${lead.rows === undefined ? 'held' : rowsText(lead.rows)} since ${utc(lead.from)}`,
    },
    collectedAt !== undefined && { name: 'Collected', value: { at: collectedAt } },
  ];
  const more = why.length > mostReasons ? [`And ${why.length - mostReasons} more; expand the row to see them.`] : [];
  return {
    id,
    label,
    description: coverageText(coverage, window),
    ...looks[state],
    facts: known.filter((fact) => fact !== false),
    sentences: [
      ...why.slice(0, mostReasons),
      ...more,
      ...(caveat === undefined ? [] : [caveat]),
      ...(unsettledFrom === undefined ? [] : [unsettledText(unsettledFrom)]),
    ],
  };
}

/** Nothing can be collected into what is read-only, nor while something is being collected. */
function collectable({ readOnly, collecting }: IncidentFacts, collects: IncidentRow['collects']): Partial<IncidentRow> {
  return readOnly !== undefined || collecting || !collects ? {} : { abilities: ['collectSource'], collects };
}
