import { createHash } from 'node:crypto';
import type { Nodes, Parents, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

const style = [
  'body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}',
  'h1,h2,h3{line-height:1.25;break-after:avoid}h2{border-bottom:1px solid #bbb;padding-bottom:.2rem;margin-top:2rem}',
  'table{border-collapse:collapse;width:100%;font-size:13px;margin:1rem 0}th,td{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;vertical-align:top}',
  'th{background:#f1f1f1}.right{text-align:right}tr,li,img{break-inside:avoid}',
  'code{font-family:ui-monospace,monospace;font-size:.9em;overflow-wrap:anywhere}pre{white-space:pre-wrap}',
  'blockquote{margin:1rem 0;padding:.25rem 1rem;border-left:4px solid #b26a00;background:#fff6e5}img{max-width:100%}a{color:#0b57a4}',
  '@media print{body{margin:0;max-width:none;font-size:11pt}a{color:inherit;text-decoration:none}}',
].join('');

interface Page {
  readonly title: string;
  /** SVG by file, `figures/…svg`. */
  readonly figures: ReadonlyMap<string, string>;
}

interface Context extends Page {
  /** Evidence that is listed in the page, `E3`: citations lead there. */
  readonly listed: ReadonlySet<string>;
}

/**
 * A document as one HTML page that needs no other file: no scripts, pictures inside it, and a policy that lets a browser load nothing.
 * HTML in the document is shown as text (comments are left out); links lead to Twilio or into the page, all others are text.
 */
export function toHtml(markdown: string, page: Page): string {
  const root = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const listed = new Set([...markdown.matchAll(/^- \*\*(E\d+)\*\*/gm)].flatMap(([, id]) => id ?? []));
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<meta name="viewport" content="width=device-width"><title>${escaped(page.title)}</title><style>${style}</style></head>`,
    `<body>${children(root, { ...page, listed })}</body></html>`,
    '',
  ].join('\n');
}

function children(node: Parents, context: Context): string {
  return node.children.map((child) => html(child, context)).join('');
}

function html(node: Nodes, context: Context): string {
  const inner = () => ('children' in node ? children(node, context) : '');
  switch (node.type) {
    case 'text':
      return linked(escaped(node.value), context);
    case 'heading':
      return `<h${node.depth}>${inner()}</h${node.depth}>\n`;
    case 'paragraph':
      return `<p>${inner()}</p>\n`;
    case 'strong':
      return strong(node, context);
    case 'emphasis':
      return `<em>${inner()}</em>`;
    case 'delete':
      return `<del>${inner()}</del>`;
    case 'inlineCode':
      return `<code>${escaped(node.value)}</code>`;
    case 'code':
      // A diagram without the program that draws it is of no use; its table stands beside it.
      return node.lang === 'mermaid' ? '' : `<pre><code>${escaped(node.value)}</code></pre>\n`;
    case 'list':
      return node.ordered ? `<ol start="${node.start ?? 1}">${inner()}</ol>\n` : `<ul>${inner()}</ul>\n`;
    case 'listItem':
      return `<li>${inner()}</li>`;
    case 'blockquote':
      return `<blockquote>${inner()}</blockquote>\n`;
    case 'table':
      return table(node, context);
    case 'thematicBreak':
      return '<hr>\n';
    case 'break':
      return '<br>';
    case 'link':
      return isTwilio(node.url) ? `<a href="${escaped(node.url)}">${inner()}</a>` : inner();
    case 'image':
      return image(node.url, node.alt ?? '', context);
    case 'html':
      return node.value.startsWith('<!--') ? '' : escaped(node.value);
    default:
      return inner();
  }
}

function strong(node: Extract<Nodes, { type: 'strong' }>, context: Context): string {
  const [only, ...more] = node.children;
  const id = only?.type === 'text' && more.length === 0 && context.listed.has(only.value) ? only.value : undefined;
  return id === undefined ? `<strong>${children(node, context)}</strong>` : `<strong id="${id}">${id}</strong>`;
}

function table({ align, children: rows }: Table, context: Context): string {
  const written = rows.map((row, at) => {
    const tag = at === 0 ? 'th' : 'td';
    const cells = row.children.map((cell, i) => {
      const side = align?.[i] === 'right' ? ' class="right"' : '';
      return `<${tag}${side}>${children(cell, context)}</${tag}>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table>${written.join('\n')}</table>\n`;
}

function image(url: string, alt: string, { figures }: Context): string {
  const svg = figures.get(url);
  if (svg === undefined) return escaped(`[${alt}]`);
  return `<img alt="${escaped(alt)}" src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`;
}

function linked(text: string, { listed }: Context): string {
  return text.replace(/(?<![\w.#-])(E\d+)(:\d+)?(?![\w-])/g, (whole, id: string) =>
    listed.has(id) ? `<a href="#${id}">${whole}</a>` : whole,
  );
}

function isTwilio(url: string): boolean {
  return /^https:\/\/(?:[a-z]+\.)?twilio\.com(?:[/?#]|$)/.test(url);
}

const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (found) => names[found] ?? '');
}
