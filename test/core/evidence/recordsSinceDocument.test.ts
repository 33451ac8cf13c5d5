import { expect, test } from 'vitest';
import { recordsSinceDocument } from '../../../src/core/evidence/recordsSinceDocument.ts';

const journal = (...types: string[]) => types.map((type) => ({ type }));

test('what happened after the document was last written is counted', () => {
  expect(recordsSinceDocument(journal('journal', 'intent', 'outcome', 'document', 'intent', 'outcome'))).toBe(2);
  expect(recordsSinceDocument(journal('journal', 'document', 'intent', 'outcome', 'document'))).toBe(0);
});

test('a figure is no document that tells of the record', () => {
  const figure = { type: 'document', name: 'figures/traffic-map.svg' };
  const rca = { type: 'document', name: 'RCA.md' };
  expect(recordsSinceDocument([...journal('journal'), rca, ...journal('intent'), figure])).toBe(2);
  expect(recordsSinceDocument([figure])).toBe(0);
});

test('a document that the journal does not know is not judged', () => {
  expect(recordsSinceDocument(journal('journal', 'intent', 'outcome'))).toBe(0);
});
