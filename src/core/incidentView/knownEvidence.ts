import { coverageBy, type SourceCoverage } from '../evidence/coverage.ts';
import { type HeldCapture, heldCaptures, heldSlices } from '../evidence/heldCaptures.ts';
import type { ChainRecord } from '../evidence/record.ts';
import { createSliceIndex } from '../evidence/sliceIndex.ts';
import type { EvidenceSource } from '../evidence/source.ts';
import { sources } from '../evidence/sources.ts';
import type { Incident } from '../model/incident.ts';
import type { Window } from '../traffic/window.ts';
import { evidenceWindow } from './evidenceWindow.ts';
import type { Coverage, NamedAccount } from './facts.ts';
import { incidentAccounts } from './incidentAccounts.ts';

/** What a journal tells of an incident's evidence. */
export interface KnownEvidence {
  readonly held: readonly HeldCapture[];
  readonly accounts: readonly NamedAccount[];
  readonly window: Window;
  /** In the order in which sources are collected. */
  readonly coverage: readonly Coverage[];
}

export interface AskedEvidence {
  readonly accounts?: readonly NamedAccount[];
  readonly main?: NamedAccount;
  readonly window?: Window;
  /** Captures whose files are not there any more: they count for nothing, so that what they held is missing and collected again. */
  readonly lost?: ReadonlySet<string>;
}

/** `now` in epoch milliseconds. Accounts and window are the incident's own unless others are asked for, such as those about to be collected. */
export function knownEvidence(
  incident: Incident,
  records: readonly ChainRecord[],
  now: number,
  asked: AskedEvidence = {},
): KnownEvidence {
  const recorded = heldCaptures(records);
  const own = incidentAccounts(incident, records, recorded);
  const { accounts = own.accounts, main = own.main, window = evidenceWindow(incident, recorded), lost } = asked;
  const isLost = ({ capture }: HeldCapture): boolean => lost?.has(capture.file) ?? false;
  const gone = lost && lost.size > 0 ? recorded.filter(isLost) : [];
  const held = gone.length > 0 ? recorded.filter((one) => !isLost(one)) : recorded;
  const recordedIndex = heldSlices(records);
  const index = gone.length > 0 ? createSliceIndex(held) : recordedIndex;
  const among = (list: readonly NamedAccount[]) => list.map(({ sid }) => sid);
  const [everywhere, mainOnly] = [among(accounts), among(main ? [main] : [])];
  // What a person imported counts, whose it is, wherever rows are counted; nothing else was ever to be collected of these accounts.
  const holders = ({ id }: EvidenceSource) =>
    asked.accounts ? everywhere : [...new Set([...everywhere, ...recordedIndex.accounts(id)])];
  const coverage = sources.flatMap((source) =>
    coverageBy(index, {
      // An incident may be about subaccounts alone; what only the main account has is still read there.
      accounts: source.scope === 'main' ? mainOnly : holders(source),
      sources: [source],
      window,
      now,
    }).map((one) => described(source, one, gone)),
  );
  return { held, accounts, window, coverage };
}

const known = new WeakMap<SourceCoverage, Coverage>();

function described({ title, kind }: EvidenceSource, one: SourceCoverage, gone: readonly HeldCapture[]): Coverage {
  if (gone.length > 0 && one.state !== 'complete')
    return { ...one, why: [...whatIsLost(gone, one), ...one.why], title, kind };
  const before = known.get(one) ?? { ...one, title, kind };
  known.set(one, before);
  return before;
}

function whatIsLost(gone: readonly HeldCapture[], { source, account }: Pick<Coverage, 'source' | 'account'>): string[] {
  const own = gone.filter(
    ({ capture }) => capture.source === source && capture.slices.some((slice) => slice.account === account),
  );
  if (own.length === 0) return [];
  const files = own.length === 1 ? '1 file of it is' : `${own.length} files of it are`;
  return [`${files} missing from the incident’s folder, or cut: restore it from a backup, or collect again.`];
}
