import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withoutInlineStyles } from '../../scripts/toolkitCsp.ts';

const manifest = createRequire(import.meta.url).resolve('@vscode/webview-ui-toolkit/package.json');
const toolkit = readFileSync(path.join(path.dirname(manifest), 'dist', 'toolkit.min.js'), 'utf8');

describe('the toolkit', () => {
  it('has no inline style left in its templates', () => {
    expect(toolkit).toMatch(/\sstyle="/);
    const fixed = withoutInlineStyles(toolkit);
    expect(fixed).not.toMatch(/\sstyle="/);
    expect(toolkit.length - fixed.length).toBeLessThan(100);
  });

  it('of another version fails the build instead of the page', () => {
    expect(() => withoutInlineStyles(toolkit.replace('generateBadgeStyle()}"', 'badgeStyle()}"'))).toThrow(
      'exactly one',
    );
    expect(() => withoutInlineStyles(toolkit + toolkit)).toThrow('found 2');
    expect(() => withoutInlineStyles(`${toolkit}<p style="color:red">`)).toThrow('does not know');
  });
});
