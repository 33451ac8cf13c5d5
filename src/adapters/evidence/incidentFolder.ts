import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../core/errors.ts';
import { type Incident, incidentFolderName, incidentToJson } from '../../core/model/incident.ts';
import { journalFs } from './journalFs.ts';

const housekeeping = {
  // Captured evidence holds people's numbers and messages: it does not belong into version control. The lock is a machine's own.
  '.gitignore': 'evidence/\njournal.lock\n',
  // Converted line ends would look like tampering.
  '.gitattributes': 'journal.jsonl* -text\n',
};

/**
 * Makes `incidents/<date>-<title>/` below the workspace folder with `incident.json` and what keeps git from harming it. An existing
 * folder is never touched: the new one gets `-2`, `-3` … Directories 0700, files 0600. Returns the folder's path.
 */
export async function createIncidentFolder(workspace: string, incident: Incident): Promise<string> {
  const parent = path.join(workspace, 'incidents');
  try {
    const folder = await freshFolder(parent, incidentFolderName(incident.created, incident.title));
    for (const holder of [parent, workspace]) await journalFs.flushFolder(holder);
    for (const [name, text] of Object.entries(housekeeping)) await writeWhole(folder, name, text);
    await writeWhole(folder, 'incident.json', `${JSON.stringify(incidentToJson(incident), null, 2)}\n`);
    return folder;
  } catch (reason) {
    // Without a code it is no failure of the disk but a fault of ours, which must not be explained away.
    if (reason instanceof UserError || !(reason instanceof Error && 'code' in reason)) throw reason;
    throw new UserError(
      'no-workspace',
      `The incident folder could not be written (${reason.code}). Nothing at Twilio is affected. Check that the workspace folder is writable and has space, then try again.`,
    );
  }
}

async function freshFolder(parent: string, name: string): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  if ((await lstat(parent)).isSymbolicLink())
    throw new UserError(
      'no-workspace',
      'The folder “incidents” of this workspace is a link, so nothing is written through it. Replace it with a folder, then try again.',
    );
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

/** Makes the folder inside the incident's that a document like `figures/map.svg` goes into. Throws `UserError` when a link is in its place. */
export async function makeFolderOf(folder: string, name: string): Promise<void> {
  const inner = path.dirname(name);
  if (inner === '.') return;
  const made = path.join(folder, inner);
  await mkdir(made, { recursive: true, mode: 0o700 });
  if ((await lstat(made)).isSymbolicLink())
    throw new UserError(
      'no-workspace',
      `The folder “${inner}” of this incident is a link, so nothing is written through it. Replace it with a folder, then try again.`,
    );
}

/** Either the whole file is there afterwards, durably, or none. An existing one is replaced. */
export async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  const target = path.join(folder, name);
  const draft = `${target}.tmp`;
  await rm(draft, { force: true }); // Left by a crash.
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, target);
  await journalFs.flushFolder(folder);
}
