import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'esbuild';

const packageName = '@vscode/webview-ui-toolkit';

/**
 * Two templates of the toolkit carry a `style` attribute, which a page without `unsafe-inline` refuses. The first only colours
 * badges on request, which nobody makes; the second works as well as an SVG attribute.
 */
const replacements = [
  [` style="\${e=>e.generateBadgeStyle()}"`, ''],
  [
    `style="stroke-dasharray: \${e=>44*e.percentComplete/100}px \${44}px"`,
    `stroke-dasharray="\${e=>44*e.percentComplete/100} \${44}"`,
  ],
] as const;

/**
 * Bundles the toolkit's own minified file, which is 120 kB smaller than its modules, without its inline styles. Fails the build when the
 * toolkit is not the one this was written for.
 */
export const toolkitCsp: Plugin = {
  name: 'toolkit-csp',
  setup(build) {
    build.onResolve({ filter: /^@vscode\/webview-ui-toolkit$/ }, () => {
      const root = path.dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`));
      return { path: path.join(root, 'dist', 'toolkit.min.js') };
    });
    build.onLoad({ filter: /[\\/]webview-ui-toolkit[\\/]dist[\\/]toolkit\.min\.js$/ }, async (file) => ({
      contents: withoutInlineStyles(await readFile(file.path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** The toolkit's source with both attributes replaced. Throws unless each is there exactly once and no other is left. */
export function withoutInlineStyles(source: string): string {
  const changed = replacements.reduce((text, [from, to]) => {
    const parts = text.split(from);
    if (parts.length !== 2)
      throw new Error(`${packageName} was expected to hold exactly one ${from}, found ${parts.length - 1}`);
    return parts.join(to);
  }, source);
  if (/\sstyle="/.test(changed)) throw new Error(`${packageName} holds an inline style this build does not know`);
  return changed;
}
