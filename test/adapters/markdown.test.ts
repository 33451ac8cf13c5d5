import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { toMarkdown } from '../../src/adapters/markdown.ts';
import { createRca } from '../../src/core/rca/createRca.ts';
import { data, generatedIds, type RcaDocument, text } from '../../src/core/rca/document.ts';
import type { RcaFacts } from '../../src/core/rca/facts.ts';
import { withWholeNumbers } from '../../src/core/rca/numbers.ts';
import { createSupportPacket } from '../../src/core/rca/supportPacket.ts';
import { hostileFacts, someFacts } from '../core/rca/facts.ts';
import { hostile, numRuns, patience, samples } from '../core/untrusted/hostile.ts';

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

function parse(markdown: string): readonly Node[] {
  const nodes: Node[] = [];
  const visit = (node: Node) => {
    nodes.push(node);
    node.children?.forEach(visit);
  };
  visit(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  return nodes;
}

function textOf(node: Node): string {
  return node.value ?? (node.children ?? []).map(textOf).join('');
}

/** Everything in the tree except what the values themselves say. */
function skeleton(markdown: string): string {
  const valueless = (node: Node) => (node.type === 'inlineCode' ? node.type : `${node.type} ${node.value ?? ''}`);
  return parse(markdown).map(valueless).join('\n');
}

const allowed = new Set(
  'root heading text strong inlineCode paragraph blockquote list listItem table tableRow tableCell code html'.split(
    ' ',
  ),
);
const markers = generatedIds
  .filter((id) => id !== 'packet')
  .flatMap((id) => [`<!-- twilio-incident:begin ${id} -->`, `<!-- twilio-incident:end ${id} -->`]);

/** How many strings `hostileFacts` asks for. */
const slots = 59;

function checkRca(values: readonly string[], numbers: (document: RcaDocument) => RcaDocument = (same) => same): void {
  let used = 0;
  const facts = hostileFacts(() => values[used++ % values.length] ?? '');
  const nodes = parse(toMarkdown(numbers(createRca(facts))));
  expect(used).toBe(slots);
  expect(nodes.map(({ type }) => type).filter((type) => !allowed.has(type))).toEqual([]);
  expect(nodes.filter(({ type }) => type === 'html').map(({ value }) => value)).toEqual(markers);
  expect(nodes.filter(({ type }) => type === 'heading').map(textOf)).toEqual(headings);
}

/** A support packet, of the same facts. */
function checkPacket(value: string): void {
  const message = { sid: value, at: 0, account: value, country: value, service: value, citation: value };
  const packet = (facts: RcaFacts) => parse(toMarkdown(createSupportPacket(facts, [message])));
  const nodes = packet(hostileFacts(() => value));
  expect(nodes.map(({ type }) => type).filter((type) => !allowed.has(type))).toEqual([]);
  expect(nodes.filter(({ type }) => type === 'html')).toHaveLength(2);
  expect(nodes.filter(({ type }) => type === 'heading').map(textOf)).toEqual([
    'Support packet',
    'What happened',
    'What was attacked',
    'Message SIDs',
    'Suspicious timestamps',
    'Steps taken',
  ]);
}

const headings = parse(toMarkdown(createRca(someFacts())))
  .filter(({ type }) => type === 'heading')
  .map(textOf);

describe('an RCA as Markdown', () => {
  test('stays the same document whatever strings it is made of', patience, () => {
    expect(headings).toHaveLength(14);
    for (const sample of samples) checkRca([sample]);
    for (let first = 0; first < samples.length; first += slots) checkRca(samples.slice(first, first + slots));
    const many = fc.array(hostile, { minLength: slots, maxLength: slots, size: 'max' });
    fc.assert(
      fc.property(many, (values) => checkRca(values)),
      { numRuns: Math.ceil(numRuns / slots) },
    );
  });

  test('stays the same document with whole phone numbers, too', patience, () => {
    for (const sample of samples.filter((_, at) => at % 5 === 0)) checkRca([sample, '+79581118001'], withWholeNumbers);
  });

  test('is a support packet of the same structure whatever strings it is made of', patience, () => {
    for (const sample of samples) checkPacket(sample);
    fc.assert(fc.property(hostile, checkPacket), { numRuns: Math.ceil(numRuns / slots) });
  });

  test(
    'has the same structure for a hostile value as for a harmless one, in a paragraph, a list and a table',
    patience,
    () => {
      const around = (value: string) =>
        toMarkdown({
          blocks: [
            { kind: 'paragraph', line: [data(value)] },
            { kind: 'paragraph', line: [data(value), data(value), text('. After '), data(value)] },
            { kind: 'list', items: [[data(value)], [text('x '), data(value)]] },
            {
              kind: 'table',
              columns: [
                { heading: 'A', align: 'left' },
                { heading: 'B', align: 'right' },
              ],
              rows: [[[data(value)], [data(value), text(' '), data(value)]]],
            },
          ],
        });
      const harmless = skeleton(around('harmless'));
      expect(harmless.match(/inlineCode/g)).toHaveLength(9);
      const check = (value: string) => {
        if (value.trim() !== '') expect(skeleton(around(value))).toBe(harmless);
      };
      for (const sample of samples) check(sample);
      fc.assert(fc.property(hostile, check), { numRuns: numRuns / 4 });
    },
  );

  test('gives every value back as it was put in, pipes and backslashes included', () => {
    for (const value of ['a|b', 'a\\|b', 'a\\\\|b', '`a``b`', '\\', '|', '\\`', '` |']) {
      const inCell = parse(
        toMarkdown({
          blocks: [{ kind: 'table', columns: [{ heading: 'A', align: 'left' }], rows: [[[data(value)]]] }],
        }),
      );
      const wanted = data(value);
      expect(inCell.filter(({ type }) => type === 'inlineCode').map(textOf)).toEqual([
        wanted.kind === 'data' ? wanted.value : '',
      ]);
    }
  });

  test('says that a value is empty', () => {
    expect(toMarkdown({ blocks: [{ kind: 'paragraph', line: [data(''), text('.')] }] })).toBe('(empty).\n');
  });

  test('puts each generated part between its own two markers', () => {
    const document = toMarkdown(createRca(someFacts()));
    const [, summary] = document.split(/<!-- twilio-incident:(?:begin|end) summary -->/);
    expect(summary).toContain('- **Incident:** `SMS pumping`');
    expect(document.match(/<!--.*?-->/g)).toEqual(markers);
  });
});
