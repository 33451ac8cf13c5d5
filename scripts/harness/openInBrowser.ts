import { ensureCodeServer, supportsCodeServer } from '../setup/codeServer.ts';
import { createProfile } from './profile.ts';
import { installVsix, listExtensions, type Server, startServer } from './server.ts';
import { workbenchUrl } from './workbenchUrl.ts';

export interface DemoInBrowser {
  readonly vsix: string;
  readonly workspace: string;
  readonly port: number;
  /** Leave as soon as everything answers. */
  readonly check: boolean;
}

/** Serves VS Code with the extension installed on loopback, says where, and stays until Ctrl-C. */
export async function openInBrowser(demo: DemoInBrowser): Promise<void> {
  if (!supportsCodeServer()) {
    throw new Error(
      `There is no VS Code to open on this machine: install it from https://code.visualstudio.com and make sure that the command "code" works in this terminal, then run npm start again.`,
    );
  }
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  const codeServer = await ensureCodeServer();
  const profile = createProfile({ forTests: false });
  let server: Server | undefined;
  try {
    await installVsix(codeServer, profile, demo.vsix);
    const extensions = await listExtensions(codeServer, profile);
    if (!extensions.includes('incident-investigator.twilio-incident')) {
      throw new Error('VS Code did not take the packaged extension.');
    }
    server = await startServer(codeServer, profile, { port: demo.port });
    const url = workbenchUrl(server, { folder: demo.workspace });
    await expectPage(url);
    console.log(`\nThe demo incident is open in VS Code at\n\n  ${url}\n`);
    if (demo.check) return;
    console.log('Open that address in a browser on this machine. Ctrl-C ends it.');
    if ((await Promise.race([asked, server.ended.then(() => 'ended')])) === 'ended') {
      throw new Error(`VS Code's server ended by itself:\n${server.log().slice(-2000)}`);
    }
  } finally {
    await server?.stop();
    profile.remove();
  }
}

async function expectPage(url: string): Promise<void> {
  const reply = await fetch(url);
  const body = await reply.text();
  if (!reply.ok || !body.includes('workbench'))
    throw new Error(`${url} answered ${reply.status} and not with VS Code's page.`);
}
