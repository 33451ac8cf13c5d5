import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { phrase, untrusted } from '../../../src/core/untrusted.ts';
import { forHostilePairs, forHostileText, patience } from './hostile.ts';

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

function kinds(markdown: string): string {
  const seen = new Set<string>();
  const visit = (node: Node) => {
    seen.add(node.type);
    node.children?.forEach(visit);
  };
  visit(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  return [...seen].sort().join(' ');
}

test('a value in a tooltip is a code span and nothing else', patience, () => {
  forHostileText((text) => {
    const span = untrusted(text).for('markdown');
    expect(kinds(span)).toMatch(text === '' ? /^root$/ : /^inlineCode paragraph root$/);
    expect(span).not.toContain('$(');
  });
});

test('two values in a row, in a sentence or in a table, stay code', patience, () => {
  forHostilePairs((a, b) => {
    const text = phrase('markdown')`Name: ${a}${b}, ${b}\n\n| a | b |\n| - | - |\n| ${a} | ${b} |`;
    expect(kinds(text)).toMatch(/^(?:inlineCode )?paragraph root table tableCell tableRow text$/);
  });
});
