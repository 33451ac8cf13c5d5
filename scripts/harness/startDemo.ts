import { parseArgs } from 'node:util';
import { packageExtension } from '../package.ts';
import { findDesktopCode } from '../setup/desktopCode.ts';
import { ensureDemoWorkspace } from './demoWorkspace.ts';
import { openInBrowser } from './openInBrowser.ts';
import { openOnDesktop } from './openOnDesktop.ts';

const { values } = parseArgs({
  options: {
    /** Set everything up, see that it answers, and leave. */
    check: { type: 'boolean', default: false },
    /** Use the browser even where there is a desktop VS Code. */
    browser: { type: 'boolean', default: false },
  },
});

try {
  console.log('Building and packaging the extension…');
  const vsix = await packageExtension();
  const workspace = ensureDemoWorkspace();
  const desktop = values.browser || values.check ? undefined : findDesktopCode();
  if (desktop) await openOnDesktop(desktop, workspace);
  else await openInBrowser({ vsix, workspace, port: chosenPort(), check: values.check });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function chosenPort(): number {
  const port = Number(process.env['PORT'] ?? 0);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Error(`PORT is "${process.env['PORT']}": set it to a number from 1 to 65535, or leave it out.`);
}
