import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../core/errors.ts';
import { type Incident, incidentFolderName, incidentToJson } from '../core/model/incident.ts';

/** Captured evidence holds people's numbers and messages: it does not belong into version control. */
const gitignore = 'evidence/\n';

/**
 * Makes `incidents/<date>-<title>/` below the workspace folder and fills it: `incident.json`, `.gitignore` and the given documents.
 * An existing folder is never touched: the new one gets `-2`, `-3` … Directories 0700, files 0600. Returns the folder's path.
 */
export async function createIncidentFolder(
  workspace: string,
  incident: Incident,
  documents: Readonly<Record<string, string>>,
): Promise<string> {
  try {
    const folder = await freshFolder(
      path.join(workspace, 'incidents'),
      incidentFolderName(incident.created, incident.title),
    );
    await writeWhole(folder, '.gitignore', gitignore);
    await writeWhole(folder, 'incident.json', `${JSON.stringify(incidentToJson(incident), null, 2)}\n`);
    for (const [name, text] of Object.entries(documents)) await writeWhole(folder, name, text);
    return folder;
  } catch (reason) {
    if (reason instanceof UserError) throw reason;
    const code = (reason as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UserError(
      'no-workspace',
      `The incident folder could not be written (${code}). Nothing at Twilio is affected. Check that the workspace folder is writable and has space, then try again.`,
    );
  }
}

async function freshFolder(parent: string, name: string): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  for (let number = 1; ; number += 1) {
    const folder = path.join(parent, number === 1 ? name : `${name}-${number}`);
    try {
      await mkdir(folder, { mode: 0o700 });
      return folder;
    } catch (reason) {
      if ((reason as NodeJS.ErrnoException).code !== 'EEXIST') throw reason;
    }
  }
}

/** Either the whole file is there afterwards, or none: a crash leaves no half document. */
async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  const target = path.join(folder, name);
  const draft = `${target}.tmp`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, target);
}
