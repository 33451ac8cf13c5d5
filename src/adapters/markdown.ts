import type { BlockContent, PhrasingContent, RootContent, TableRow } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown as serialize } from 'mdast-util-to-markdown';
import { type Block, type Inline, type Line, promptSign, type RcaDocument } from '../core/rca/document.ts';

/**
 * The document as GitHub-flavoured Markdown, built as a syntax tree and never by joining strings. Generated parts stand between
 * `<!-- twilio-incident:begin id -->` and `<!-- twilio-incident:end id -->`, the only HTML in it.
 */
export function toMarkdown(document: RcaDocument): string {
  return serialize(
    { type: 'root', children: document.blocks.flatMap(blockNodes) },
    { extensions: [gfmToMarkdown({ tablePipeAlign: false })], bullet: '-', emphasis: '_', listItemIndent: 'one' },
  );
}

function blockNodes(block: Block): readonly RootContent[] {
  switch (block.kind) {
    case 'heading':
      return [{ type: 'heading', depth: block.depth, children: [{ type: 'text', value: block.text }] }];
    case 'paragraph':
      return [paragraph(block.line)];
    case 'list':
      return [
        {
          type: 'list',
          ordered: block.ordered === true,
          spread: false,
          children: block.items.map((line) => ({ type: 'listItem', spread: false, children: [paragraph(line)] })),
        },
      ];
    case 'table':
      return [
        {
          type: 'table',
          align: block.columns.map(({ align }) => align),
          children: [
            tableRow(block.columns.map(({ heading }) => [{ kind: 'text', text: heading }])),
            ...block.rows.map(tableRow),
          ],
        },
      ];
    case 'prompt':
      return [
        { type: 'blockquote', children: [paragraph([{ kind: 'text', text: `${promptSign} ${block.question}` }])] },
      ];
    case 'figure':
      return /^figures\/[a-z0-9-]{1,80}\.svg$/.test(block.file)
        ? [{ type: 'paragraph', children: [{ type: 'image', url: block.file, alt: block.alt }] }]
        : [];
    case 'diagram':
      return [{ type: 'code', lang: 'mermaid', value: block.lines.join('\n') }];
    case 'generated':
      return [marker(`begin ${block.id}`), ...block.blocks.flatMap(blockNodes), marker(`end ${block.id}`)];
  }
}

function paragraph(line: Line): BlockContent {
  return { type: 'paragraph', children: phrasing(line) };
}

function tableRow(cells: readonly Line[]): TableRow {
  return { type: 'tableRow', children: cells.map((line) => ({ type: 'tableCell', children: phrasing(line) })) };
}

function marker(words: string): RootContent {
  return { type: 'html', value: `<!-- twilio-incident:${words} -->` };
}

/** Two code spans side by side would pair their backticks wrongly, so a space goes between them. */
function phrasing(line: Line): PhrasingContent[] {
  return line.flatMap((part, i) => {
    const touching = part.kind === 'data' && line[i - 1]?.kind === 'data';
    return touching ? [{ type: 'text', value: ' ' }, inlineNode(part)] : [inlineNode(part)];
  });
}

function inlineNode(part: Inline): PhrasingContent {
  switch (part.kind) {
    case 'text':
      return { type: 'text', value: part.text };
    case 'strong':
      return { type: 'strong', children: [{ type: 'text', value: part.text }] };
    case 'data':
      // An empty code span does not exist in Markdown: its two backticks would open a longer one.
      return part.value.trim() === '' ? { type: 'text', value: '(empty)' } : { type: 'inlineCode', value: part.value };
  }
}
