import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toMarkdown } from '../../src/adapters/markdown.ts';
import { toHtml } from '../../src/adapters/markdownHtml.ts';
import { createRca } from '../../src/core/rca/createRca.ts';
import { hostileFacts, someFacts } from '../core/rca/facts.ts';
import { hostile, numRuns, patience, samples } from '../core/untrusted/hostile.ts';

const none: ReadonlyMap<string, string> = new Map();
const page = (markdown: string, figures = none) => toHtml(markdown, { title: 'RCA', figures });
const body = (html: string) => html.slice(html.indexOf('<body>'));
const tags =
  'a blockquote body br code del em h1 h2 h3 h4 h5 h6 hr html img li ol p pre strong table td th tr ul'.split(' ');

/** Every tag with its attributes, of what follows the head. */
function tagsOf(html: string): readonly string[] {
  return body(html).match(/<[^>]*>/g) ?? [];
}

/** Only tags of ours, attributes of ours, links to Twilio or into the page, and pictures inside the page. */
function check(html: string): void {
  for (const tag of tagsOf(html)) {
    const [, name = '', attributes = ''] = /^<\/?([a-z0-9]+)((?: [a-z]+="[^"<>]*")*)>$/.exec(tag) ?? [];
    expect(tags, tag).toContain(name);
    for (const [, key, value = ''] of attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)) {
      expect(['href', 'class', 'start', 'id', 'alt', 'src'], tag).toContain(key);
      if (key === 'href') expect(value).toMatch(/^(?:#E\d+|https:\/\/(?:[a-z]+\.)?twilio\.com(?:[/?#].*)?)$/);
      if (key === 'src') expect(value).toMatch(/^data:image\/svg\+xml;base64,[A-Za-z0-9+/=]*$/);
    }
  }
}

describe('an RCA as a web page', () => {
  test('loads nothing and runs nothing', () => {
    const html = page(toMarkdown(createRca(someFacts())));
    expect(html).toMatch(
      /http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'sha256-/,
    );
    expect(html).not.toMatch(/<script|<link|<iframe|javascript:/);
    check(html);
  });

  test('has headings, tables, figures inside it and citations that lead to the list of evidence', () => {
    const figures = new Map([['figures/a.svg', '<svg/>']]);
    const html = page(
      '# A\n\n- **E1** a file\n\n| B |\n| -: |\n| (E1:17) E2 |\n\n![C](figures/a.svg)\n\n![D](figures/b.svg)',
      figures,
    );
    expect(html).toContain('<h1>A</h1>');
    expect(html).toContain('<strong id="E1">E1</strong>');
    expect(html).toContain('<td class="right">(<a href="#E1">E1:17</a>) E2</td>');
    expect(html).toContain(`<img alt="C" src="data:image/svg+xml;base64,${Buffer.from('<svg/>').toString('base64')}">`);
    expect(html).toContain('[D]');
  });

  test('leaves markers and diagrams out, and shows other HTML as text', () => {
    const html = page(
      '<!-- twilio-incident:begin a -->\n\n```mermaid\ngantt\n```\n\n<b onclick="x">bold</b>\n\n<script>alert(1)</script>',
    );
    expect(body(html)).not.toMatch(/twilio-incident|gantt|<b |<script/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  test('links to Twilio alone', () => {
    const html = page(
      '[a](https://www.twilio.com/docs) [b](https://evil.example) [c](javascript:alert(1)) <https://twilio.com.evil.example>',
    );
    expect(html.match(/<a /g)).toHaveLength(1);
    check(html);
  });

  test('stays harmless whatever is written into the document or comes from data', patience, () => {
    for (const sample of samples) {
      check(page(sample));
      check(page(toMarkdown(createRca(hostileFacts(() => sample)))));
    }
    fc.assert(
      fc.property(hostile, (text) => check(page(text))),
      { numRuns: Math.ceil(numRuns / 10) },
    );
  });
});
