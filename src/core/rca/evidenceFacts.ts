import type { Capture } from '../evidence/capture.ts';
import { rowsOf } from '../evidence/captureRecord.ts';
import { heldCaptures } from '../evidence/heldCaptures.ts';
import { bodiesOf } from '../evidence/privacy.ts';
import type { ChainRecord } from '../evidence/record.ts';
import { deletedImport, recordedImports } from '../evidence/recordedImports.ts';
import { combined } from '../incidentView/coverageText.ts';
import type { Coverage, NamedAccount } from '../incidentView/facts.ts';
import { objectsOf, textOf } from '../model/json.ts';
import { unnamedAccount, unnamedText } from '../traffic/logRow.ts';
import { evidenceIds } from './citations.ts';
import type { EvidenceFacts, EvidenceFile, EvidenceRow } from './facts.ts';

/** What an RCA says about evidence, from a journal; `undefined` when nothing was ever collected. `accounts` gives accounts their names. */
export function evidenceFacts(
  records: readonly ChainRecord[],
  coverage: readonly Coverage[],
  accounts: readonly NamedAccount[],
): EvidenceFacts | undefined {
  const ids = evidenceIds(records);
  const held = heldCaptures(records).map(({ capture }) => capture);
  const deletions = deletionsOf(records);
  const imports = recordedImports(records).map((one) => ({ ...one, citation: `J${one.seq}` }));
  if (held.length === 0 && deletions.length === 0 && imports.length === 0) return undefined;
  const idOf = ({ file }: Capture) => ids.get(file) ?? '';
  const rowOf = (parts: readonly Coverage[], account: string, state: Coverage['state']): EvidenceRow => {
    const [{ source, title } = { source: undefined, title: '' }] = parts;
    const whole = combined(parts, () => '');
    const sids = new Set(parts.map((part) => part.account));
    const own = held.filter(
      (capture) => capture.source === source && capture.slices.some((slice) => sids.has(slice.account)),
    );
    return {
      source: title,
      account,
      state,
      why: parts.length === 1 ? (whole?.why ?? []) : [],
      rows: whole?.rows ?? 0,
      ...(whole?.first !== undefined && { first: whole.first }),
      ...(whole?.last !== undefined && { last: whole.last }),
      ...(whole?.lead && { lead: whole.lead }),
      ...(whole?.caveat !== undefined && { caveat: whole.caveat }),
      ...(whole?.unsettledFrom !== undefined && { unsettledFrom: whole.unsettledFrom }),
      files: own.map(idOf),
    };
  };
  return {
    sources: rowsOfSources(coverage, accounts, rowOf),
    files: held.map((capture): EvidenceFile => {
      const { file, sha256, bytes } = capture;
      return { id: idOf(capture), file, sha256, bytes, rows: rowsOf(capture) };
    }),
    bodies: bodiesOf(records),
    deletions,
    ...(imports.length > 0 && { imports }),
  };
}

/**
 * Of each source one row for all accounts that are complete, one for all that nothing was collected of, so that a thousand accounts stay
 * readable, and one for each other.
 */
function rowsOfSources(
  coverage: readonly Coverage[],
  accounts: readonly NamedAccount[],
  rowOf: (parts: readonly Coverage[], account: string, state: Coverage['state']) => EvidenceRow,
): readonly EvidenceRow[] {
  const nameOf = (sid: string) =>
    sid === unnamedAccount ? unnamedText : accounts.find((account) => account.sid === sid)?.name || sid;
  const together = (parts: readonly Coverage[], state: Coverage['state']): readonly EvidenceRow[] => {
    const same = parts.filter((part) => part.state === state);
    const [one] = same;
    return one ? [rowOf(same, same.length === 1 ? nameOf(one.account) : `${same.length} accounts`, state)] : [];
  };
  const alone = (parts: readonly Coverage[], state: Coverage['state']): readonly EvidenceRow[] =>
    parts.filter((part) => part.state === state).map((one) => rowOf([one], nameOf(one.account), state));
  return [...new Set(coverage.map(({ source }) => source))].flatMap((id) => {
    const parts = coverage.filter(({ source }) => source === id);
    return [
      ...together(parts, 'complete'),
      ...alone(parts, 'partial'),
      ...alone(parts, 'refused'),
      ...together(parts, 'not collected'),
    ];
  });
}

function deletionsOf(records: readonly ChainRecord[]): EvidenceFacts['deletions'] {
  return records
    .filter(({ type }) => type === 'evidence-deleted')
    .map((record) => {
      const only = deletedImport(record)?.file;
      const files = objectsOf(record, 'files').map((one) => ({
        file: textOf(one, 'file') ?? '',
        sha256: textOf(one, 'sha256') ?? '',
      }));
      return { at: Date.parse(record.at), ...(only !== undefined && { only }), files };
    });
}
