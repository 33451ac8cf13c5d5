import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { toMarkdown } from '../../../src/adapters/markdown.ts';
import { createRca } from '../../../src/core/rca/createRca.ts';
import { lint } from '../../../src/core/rca/lint.ts';
import { drawTraffic } from '../../../src/webview/drawTraffic.ts';
import { withDemoIncident } from './demoRca.ts';

const docs = path.resolve(import.meta.dirname, '../../../docs');

/** `UPDATE_DOCS=1` writes it again. */
test('the RCA of the demo incident in docs is what the extension writes today', { timeout: 120_000 }, async () => {
  const { text, figure } = await withDemoIncident(async ({ facts, report }) => {
    const drawn = drawTraffic(report);
    const figures = drawn ? [{ file: drawn.file, alt: drawn.alt }] : [];
    return { text: toMarkdown(createRca({ ...facts, figures })), figure: drawn };
  });
  expect(text).toMatch(/\*\*Unique recipients:\*\* [1-9][\d,]* in the countries above/);
  // It reads well: no empty section, no live address, no local time, nothing unknown that is known, only questions for a person.
  expect(new Set(lint(text).map(({ code }) => code))).toEqual(new Set(['unanswered-question']));
  expect(text).not.toMatch(/unknown|not validated|not known|not checked yet|Nothing is/);
  if (process.env['UPDATE_DOCS']) {
    await mkdir(path.join(docs, 'figures'), { recursive: true });
    await writeFile(path.join(docs, 'demo-rca.md'), text);
    if (figure) await writeFile(path.join(docs, figure.file), figure.svg);
  }
  expect(comparable(await readFile(path.join(docs, 'demo-rca.md'), 'utf8'))).toBe(comparable(text));
  expect(figure && (await readFile(path.join(docs, figure.file), 'utf8'))).toBe(figure?.svg);
});

/**
 * Hashes and sizes are those of gzip, which differs between versions of zlib; accounts are read at once, so lines may change places, and a
 * day of usage that two readings share is in both.
 */
function comparable(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{64}/g, '<hash>')
    .replaceAll(/\([0-9a-f]{8}…\)/g, '(<hash>)')
    .replaceAll(/(usage-\d+\.jsonl\.gz, )[\d,]+ rows/g, '$1<count> rows')
    .replaceAll(/[\d,]+ bytes/g, '<size> bytes')
    .replaceAll(/\bE(\d+):\d+/g, 'E$1:<line>');
}
