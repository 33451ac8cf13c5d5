import type { TreeNode } from '../accounts/treeNode.ts';
import { rowsOf } from '../evidence/captureRecord.ts';
import { heldCaptures } from '../evidence/heldCaptures.ts';
import type { ChainRecord } from '../evidence/record.ts';
import type { IncidentRow } from '../incidentView/row.ts';
import { isObject, numberOf, textOf } from '../model/json.ts';
import { evidenceIds } from './citations.ts';
import { type Block, citationText, cited, data, type Line, left, text } from './document.ts';
import { count, utcMinute } from './formats.ts';
import type { TimelineEntry } from './timelineEntry.ts';

/** What a row of one of the views becomes when it is dropped into a document. */
export interface Dragged {
  /** Epoch milliseconds; absent for what did not happen at one time. */
  readonly at?: number;
  /** Our own words. */
  readonly what: string;
  /** Hostile text. */
  readonly about: readonly string[];
  readonly citations: readonly string[];
}

/** What carries it from a view to the editor. */
export const draggedType = 'application/vnd.twilio-incident.evidence';

/** An entry of the Timeline view; other rows of it cannot be dropped. */
export function draggedEntry({ entry }: { readonly entry?: TimelineEntry }): Dragged | undefined {
  if (!entry) return undefined;
  const { at, what, about = [], citations } = entry;
  return { at, what, about, citations };
}

/** A source of evidence in the Incident view, of all accounts or one, with its files. */
export function draggedEvidence({ id, label }: IncidentRow, records: readonly ChainRecord[]): Dragged | undefined {
  const [section, source, account] = id.split('/');
  if (section !== 'evidence' || source === undefined) return undefined;
  const ids = evidenceIds(records);
  const own = heldCaptures(records)
    .map(({ capture }) => capture)
    .filter((one) => one.source === source)
    .filter(({ slices }) => account === undefined || slices.some((slice) => slice.account === account));
  const rows = own.reduce((sum, capture) => sum + rowsOf(capture), 0);
  if (own.length === 0) return undefined;
  return {
    what: `Evidence, ${count(rows)} rows:`,
    about: [label],
    citations: own.flatMap(({ file }) => ids.get(file) ?? []),
  };
}

/** A resource in the Accounts view. */
export function draggedResource(node: TreeNode): Dragged | undefined {
  if (node.type !== 'branch' || node.branch.sid === undefined) return undefined;
  const { label, sid } = node.branch;
  return { what: 'Resource at Twilio:', about: [label, sid], citations: [] };
}

/** What was dragged, from its text; nothing for what is none. */
export function parseDragged(json: string): readonly Dragged[] {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list.flatMap(parseOne) : [];
  } catch {
    return [];
  }
}

function parseOne(value: unknown): readonly Dragged[] {
  if (!isObject(value)) return [];
  const at = numberOf(value, 'at');
  const what = textOf(value, 'what');
  const strings = (list: unknown) =>
    Array.isArray(list) ? list.filter((one: unknown): one is string => typeof one === 'string') : [];
  // Anybody can drop something of this type: what does not look like words of ours is data.
  const isOurs = what !== undefined && /^[\p{L}\d ,.:()“”’-]{1,120}$/u.test(what) && !/:\/\/|www\./i.test(what);
  return [
    {
      ...(at !== undefined && { at }),
      what: isOurs ? what : '',
      about: [...(isOurs || what === undefined ? [] : [what]), ...strings(value['about'])],
      citations: strings(value['citations']),
    },
  ];
}

/** As it stands in a document: rows of a timeline where the text around it is a table, else items of a list. */
export function droppedBlock(items: readonly Dragged[], inTable: boolean): Block {
  if (!inTable)
    return {
      kind: 'list',
      items: items.map((item) => [...timeOf(item), ...wordsOf(item), ...cited(item.citations)]),
    };
  return {
    kind: 'table',
    columns: left('Time (UTC)', 'What', 'Evidence'),
    rows: items.map((item): readonly Line[] => [
      [text(item.at === undefined ? '–' : utcMinute(item.at))],
      wordsOf(item),
      [text(citationText(item.citations))],
    ]),
  };
}

function timeOf({ at }: Dragged): Line {
  return at === undefined ? [] : [text(`${utcMinute(at)}: `)];
}

function wordsOf({ what, about }: Dragged): Line {
  const said = about.filter((part) => part !== '');
  return [
    ...(what === '' ? [] : [text(what)]),
    ...said.flatMap((part, i) => (i === 0 && what === '' ? [data(part)] : [text(' '), data(part)])),
  ];
}
