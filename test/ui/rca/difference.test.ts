import { expect, test, vi } from 'vitest';
import { type FoundBlock, findBlocks } from '../../../src/core/rca/blocks.ts';
import type { IncidentDocument } from '../../../src/ui/rca/openDocument.ts';

const fake = vi.hoisted(() => ({ answer: 0 as number | undefined }));
vi.mock('vscode', () => ({
  workspace: { registerTextDocumentContentProvider: () => ({ dispose: () => undefined }) },
  commands: { executeCommand: async () => undefined },
  window: {
    showQuickPick: async (entries: readonly unknown[]) =>
      fake.answer === undefined ? undefined : entries[fake.answer],
    tabGroups: { all: [], close: async () => undefined },
  },
  Uri: { from: (parts: unknown) => parts },
  TabInputTextDiff: class {},
}));

const before = `<!-- twilio-incident:begin impact sha256=${'0'.repeat(64)} -->\nmine\n<!-- twilio-incident:end impact -->\n`;

async function decided(answer: number | undefined, text = before) {
  const { decide } = await import('../../../src/ui/rca/difference.ts');
  fake.answer = answer;
  const [found] = findBlocks(before).blocks;
  const edits: unknown[] = [];
  const document = {
    text: async () => text,
    edit: async (_: string, more: readonly unknown[]) => void edits.push(...more),
  };
  const block = found as FoundBlock;
  const fresh = { name: 'impact', body: 'new' };
  const choice = await decide(
    { found: block, fresh },
    document as Partial<IncidentDocument> as IncidentDocument,
    () => '',
  );
  return { choice, edits: edits.length };
}

test('what a person decided about a part is told, and is open without an answer or when the part is another by now', async () => {
  expect(await decided(0)).toEqual({ choice: 'kept', edits: 1 });
  expect(await decided(1)).toEqual({ choice: 'taken', edits: 1 });
  expect(await decided(undefined)).toEqual({ choice: 'open', edits: 0 });
  expect(await decided(1, before.replace('mine', 'other'))).toEqual({ choice: 'open', edits: 0 });
});
