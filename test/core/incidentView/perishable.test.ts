import { expect, test } from 'vitest';
import { perishable } from '../../../src/core/contain/perishable.ts';
import type { Capture } from '../../../src/core/evidence/capture.ts';
import type { HeldCapture } from '../../../src/core/evidence/heldCaptures.ts';
import type { SourceId } from '../../../src/core/evidence/source.ts';
import { evidenceWindow } from '../../../src/core/incidentView/evidenceWindow.ts';
import { incidentRows } from '../../../src/core/incidentView/incidentRows.ts';
import { coverage, main, someFacts } from './facts.ts';

const day = 86_400_000;
const noon = Date.UTC(2026, 10, 21, 12);
const window = { from: noon - 7 * day, to: noon };
const held = (source: SourceId, to: number): HeldCapture => {
  const slice = { account: main, window: { from: window.from, to }, complete: true, line: 1, rows: 0, pages: [] };
  const capture: Capture = { file: `evidence/${source}-0001.jsonl.gz`, sha256: '', bytes: 1, source, slices: [slice] };
  return { capture, at: to, seq: 2 };
};

test('minutes captured before a containment do not make everything else of an ongoing incident incomplete', () => {
  const incident = { window, created: noon, status: 'open' } as const;
  for (const source of perishable)
    expect([source, evidenceWindow(incident, [held('messages', noon), held(source, noon + 600_000)])]).toEqual([
      source,
      window,
    ]);
  expect(evidenceWindow(incident, [held('messages', noon + 600_000)]).to).toBe(noon + 600_000);
});

test('what is captured by itself before a containment is no collection: collecting is still the next step', () => {
  const next = (...sources: SourceId[]) => {
    const known = sources.map((source) => coverage({ source, state: 'complete' }));
    const lacking = coverage({ source: 'messages', state: 'not collected' });
    const facts = someFacts({ coverage: [...known, lacking], validation: undefined });
    return incidentRows(facts).find(({ id }) => id === 'next')?.label;
  };
  expect(next()).toContain('Collect Evidence');
  expect(next(...perishable)).toContain('Collect Evidence');
  expect(next(...perishable, 'alerts')).toContain('Validate');
});
