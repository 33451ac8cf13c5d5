import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { toMarkdown } from '../../../src/adapters/markdown.ts';
import type { Branch } from '../../../src/core/accounts/nodeKind.ts';
import type { TreeNode } from '../../../src/core/accounts/treeNode.ts';
import {
  type Dragged,
  draggedEntry,
  draggedEvidence,
  draggedResource,
  droppedBlock,
  parseDragged,
} from '../../../src/core/rca/dragged.ts';
import { main, someIncident, sub } from '../incidentView/facts.ts';
import { captured, journal } from '../incidentView/journal.ts';
import { hostile } from '../untrusted/hostile.ts';

const { window } = someIncident();
const login = {
  at: Date.UTC(2026, 10, 21, 8, 6),
  what: 'Console login',
  about: ['from 203.0.113.42', 'to +79581118001'],
  citations: ['E1:5', 'J3'],
} satisfies Dragged;
const dropped = (items: readonly Dragged[], inTable = false) =>
  toMarkdown({ blocks: [droppedBlock(parseDragged(JSON.stringify(items)), inTable)] });

test('an entry of the timeline becomes a line with its time, what is known and its evidence', () => {
  expect(dropped([login])).toBe(
    '- 2026-11-21 08:06 UTC: Console login `from 203.0.113.42` `to +7958111XXXX` (E1:5, J3)\n',
  );
  expect(dropped([login], true).split('\n')[2]).toBe(
    '| 2026-11-21 08:06 UTC | Console login `from 203.0.113.42` `to +7958111XXXX` | E1:5, J3 |',
  );
});

test('only entries, evidence that is held and resources with a SID can be dragged', () => {
  expect(draggedEntry({})).toBeUndefined();
  expect(draggedEntry({ entry: { ...login, lane: 'Account' } })).toEqual(login);
  const branch: Branch = { id: 'a', label: 'key', icon: 'key', facts: [], sid: `SK${'1'.repeat(32)}` };
  const node: TreeNode = { type: 'branch', id: 'a', parent: undefined, inCollection: undefined, branch };
  expect(draggedResource(node)?.about).toEqual(['key', branch.sid]);
  expect(draggedResource({ type: 'note', id: 'a', parent: undefined, text: 'x', tone: 'info' })).toBeUndefined();
});

test('a source of evidence is dragged with the files of all its accounts, or of one', () => {
  const records = journal(captured('messages', 1, main, window), captured('calls', 2, sub, window));
  const row = (id: string) => ({ id, label: 'Calls', icon: 'x' });
  expect(draggedEvidence(row('evidence/calls'), records)?.citations).toEqual(['E2']);
  expect(draggedEvidence(row(`evidence/calls/${sub}`), records)?.citations).toEqual(['E2']);
  expect(draggedEvidence(row(`evidence/calls/${main}`), records)).toBeUndefined();
  expect(draggedEvidence(row('evidence/events'), records)).toBeUndefined();
  expect(draggedEvidence(row('evidence'), records)).toBeUndefined();
});

test('whatever is dropped is one table or list of inert text', () => {
  const types = (text: string): readonly string[] => {
    const found: string[] = [];
    const visit = (node: { readonly type: string; readonly children?: readonly { readonly type: string }[] }) => {
      found.push(node.type);
      node.children?.forEach(visit);
    };
    visit(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
    return found;
  };
  const allowed = 'root list listItem paragraph text inlineCode table tableRow tableCell'.split(' ');
  const property = fc.property(hostile, hostile, fc.boolean(), (one, other, inTable) => {
    const found = types(dropped([{ at: 0, what: one, about: [other], citations: [one, 'E1'] }], inTable));
    expect(found.filter((type) => !allowed.includes(type))).toEqual([]);
  });
  fc.assert(property, { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) });
  for (const text of ['', '{', '{}', '[1, null, "x"]', 'null']) expect(parseDragged(text)).toEqual([]);
});
