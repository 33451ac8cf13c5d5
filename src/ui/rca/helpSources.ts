import type * as vscode from 'vscode';
import { deletedFiles } from '../../core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../../core/evidence/incidentStore.ts';
import { knownEvidence } from '../../core/incidentView/knownEvidence.ts';
import type { Clock } from '../../core/ports.ts';
import { evidenceIds } from '../../core/rca/citations.ts';
import { containmentSteps } from '../../core/rca/containmentSteps.ts';
import { evidenceFacts } from '../../core/rca/evidenceFacts.ts';
import type { HelpSources } from '../../core/rca/help.ts';
import { journalTimeline } from '../../core/rca/journalTimeline.ts';
import type { KnownRecord } from '../../core/rca/lintEvidence.ts';
import { unmasking } from '../../core/rca/numbers.ts';
import { verdictOf } from '../../core/rca/verdictRecord.ts';
import { actions } from '../../core/registry.ts';
import type { ActiveIncident } from '../activeIncident.ts';
import { nameIn } from './openDocument.ts';

/** The open incident, when this is one of its documents. */
export function incidentOf(incidents: ActiveIncident, { uri }: vscode.TextDocument): OpenIncident | undefined {
  const opened = incidents.current;
  return opened && nameIn(opened, uri) !== undefined ? opened : undefined;
}

/** What can be offered and explained in its documents. */
export function helpSources({ incident, journal }: OpenIncident, clock: Clock): HelpSources {
  const { records } = journal;
  const verdict = verdictOf(records);
  const known = incident && knownEvidence(incident, records, clock.now());
  const steps = containmentSteps(records, actions).map(({ at, action, target, outcome, citations = [] }) => ({
    at,
    lane: 'Containment' as const,
    what: `Containment step, ${outcome}:`,
    about: [action, target],
    citations,
  }));
  return {
    accounts: known?.accounts ?? [],
    evidence: known && evidenceFacts(records, known.coverage, known.accounts),
    records: [...journalTimeline(records), ...steps],
    ...(verdict && { verdict }),
  };
}

/** What its documents are checked against. */
export function knownRecord(opened: OpenIncident, { uri }: Pick<vscode.TextDocument, 'uri'>): KnownRecord {
  const { records } = opened.journal;
  const deleted = new Set(deletedFiles(records).map(({ file }) => file));
  // Records about documents themselves do not make a document old.
  const own = new Set(['document', 'document-numbers', 'rca-export', 'rca-status']);
  const written = records.findLastIndex(({ type, name }) => type === 'document' && name === 'RCA.md');
  const later = written < 0 ? 0 : records.slice(written + 1).filter(({ type }) => !own.has(type)).length;
  return {
    evidence: new Map([...evidenceIds(records)].map(([file, id]) => [id, deleted.has(file) ? 'deleted' : 'held'])),
    records: records.length,
    hashOf: (seq) => records[seq - 1]?.hash,
    later,
    unmasked: unmasking(records, nameIn(opened, uri) ?? '') !== undefined,
  };
}
