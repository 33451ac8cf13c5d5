import type { Mark } from './mark.ts';
import { printStyle } from './printStyle.ts';
import type { Size } from './timeSeries.ts';

/** A picture that stands by itself: a title above marks, in the colours of print. */
export interface Picture {
  readonly title: string;
  /** What it shows, for somebody who does not see it. */
  readonly description: string;
  /** What its colours and patterns mean. */
  readonly key?: string;
  readonly size: Size;
  readonly marks: readonly Mark[];
}

const head = 54;

/** The whole file of a picture: SVG whose colours are its own, so that it looks the same everywhere. */
export function svgText({ title, description, key = '', size, marks }: Picture): string {
  const { width } = size;
  const height = size.height + head;
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`;
  const body = [
    `<title>${escaped(title)}</title><desc>${escaped(description)}</desc><style>${printStyle}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="title" x="12" y="22">${escaped(title)}</text><text class="key" x="12" y="41">${escaped(key)}</text>`,
    `<g transform="translate(0 ${head})">${marks.map(textOf).join('')}</g>`,
  ];
  return `${open}${body.join('')}</svg>\n`;
}

function textOf({ tag, attributes = {}, text = '', children = [] }: Mark): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  return `<${tag}${written.join('')}>${escaped(text)}${children.map(textOf).join('')}</${tag}>`;
}

const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Also without what XML 1.0 forbids: control characters and lone surrogates. https://www.w3.org/TR/xml/#charsets */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"]/g, (found) => names[found] ?? '');
}
