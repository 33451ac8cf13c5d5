import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { IncidentStore, ListedIncident, OpenIncident } from '../../core/evidence/incidentStore.ts';
import { type Incident, type IncidentStatus, type OpenedIncident, parseIncident } from '../../core/model/incident.ts';
import type { JsonObject } from '../../core/model/json.ts';
import type { Anchors, Clock } from '../../core/ports.ts';
import { createIncidentFolder, makeFolderOf, writeWhole } from './incidentFolder.ts';
import { openJournal } from './journal.ts';
import { sha256 } from './sha256.ts';

const longestDescription = 1024 * 1024;
const longestDocument = 16 * 1024 * 1024;

/** The incident folders of a workspace, each with its journal. */
export function createIncidentStore({ anchors, clock }: { anchors: Anchors; clock: Clock }): IncidentStore {
  return {
    async list(workspace) {
      const parent = path.join(workspace, 'incidents');
      const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
      const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map(({ name }) => name);
      const listed = await Promise.all(
        folders.map(async (name): Promise<ListedIncident | undefined> => {
          const folder = path.join(parent, name);
          const opened = await describe(folder);
          return opened && { folder, opened };
        }),
      );
      return listed.filter((one) => one !== undefined).toSorted((one, other) => (one.folder < other.folder ? 1 : -1));
    },
    create: createIncidentFolder,
    async open(folder, { viewOnly, patience, adopt }) {
      const opened = (await describe(folder)) ?? missing();
      const incident = opened instanceof UserError || opened.readOnly ? undefined : opened.incident;
      const reason =
        opened instanceof UserError ? opened.message : opened.readOnly ? laterFormat(opened.format) : viewOnly;
      const journal = await openJournal({
        folder,
        id: incident?.id,
        anchors,
        clock,
        viewOnly: reason,
        patience,
        adopt,
      });
      return { folder, title: titleOf(opened) ?? path.basename(folder), incident, journal };
    },
    setStatus,
    setWindow,
    writeDocument,
    readDocument,
    replaceDocument,
    recordDocument,
  };
}

async function setStatus(opened: OpenIncident, status: IncidentStatus): Promise<void> {
  await change(opened, `status “${status}”`, ({ status: from }) => ({
    record: { type: 'status', from, to: status },
    members: { status },
  }));
}

async function setWindow(opened: OpenIncident, { from, to }: Incident['window']): Promise<void> {
  const iso = (instant: number) => new Date(instant).toISOString();
  const window = { from: iso(from), to: iso(to) };
  await change(opened, 'window', (was) => ({
    record: { type: 'window', ...window, was: { from: iso(was.window.from), to: iso(was.window.to) } },
    members: { window },
  }));
}

/** The record comes first: it is what counts, should a crash come between the two. Members that later versions added stay. */
async function change(
  { folder, incident, journal }: OpenIncident,
  what: string,
  made: (was: Incident) => { readonly record: Parameters<typeof journal.append>[0]; readonly members: JsonObject },
): Promise<void> {
  if (journal.readOnly !== undefined || !incident)
    throw new UserError('not-allowed', journal.readOnly ?? 'The incident can only be looked at.');
  const described = (await describe(folder)) ?? missing();
  if (described instanceof UserError) throw described;
  const { record, members } = made(incident);
  await journal.append(record);
  try {
    const text = await readFile(path.join(folder, 'incident.json'), 'utf8');
    await writeWhole(folder, 'incident.json', `${JSON.stringify({ ...JSON.parse(text), ...members }, null, 2)}\n`);
  } catch (reason) {
    const code = (reason as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UserError(
      'no-workspace',
      `The ${what} is in the journal, but incident.json could not be written (${code}). Check that the incident’s folder is writable and has space, then set it again.`,
    );
  }
}

/** The bytes are on the disk before the journal says so. A crash in between leaves a document the journal does not know. */
async function writeDocument(incident: OpenIncident, name: string, text: string): Promise<boolean> {
  const { folder, journal } = incident;
  if (journal.readOnly !== undefined) throw new UserError('not-allowed', journal.readOnly);
  if (await lstat(path.join(folder, name)).catch(() => undefined)) return false;
  await writeText(folder, name, text);
  await recordDocument(incident, name, text);
  return true;
}

/** A link is neither read nor written through: what it leads to is no document of this incident. */
async function readDocument({ folder }: OpenIncident, name: string): Promise<string | undefined> {
  const file = path.join(folder, name);
  const isPlain = await lstat(file).then(
    (stat) => stat.isFile() && stat.nlink === 1 && stat.size <= longestDocument,
    () => false,
  );
  return isPlain ? readFile(file, 'utf8') : undefined;
}

async function replaceDocument(incident: OpenIncident, name: string, before: string, text: string): Promise<boolean> {
  const { folder, journal } = incident;
  if (journal.readOnly !== undefined) throw new UserError('not-allowed', journal.readOnly);
  if ((await readDocument(incident, name)) !== before) return false;
  await writeText(folder, name, text);
  await recordDocument(incident, name, text);
  return true;
}

async function recordDocument({ journal }: OpenIncident, name: string, text: string): Promise<void> {
  await journal.append({ type: 'document', name, bytes: Buffer.byteLength(text), sha256: sha256(text) });
}

async function writeText(folder: string, name: string, text: string): Promise<void> {
  try {
    await makeFolderOf(folder, name);
    await writeWhole(folder, name, text);
  } catch (reason) {
    if (reason instanceof UserError) throw reason;
    const code = (reason as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UserError(
      'no-workspace',
      `${name} could not be written (${code}). Nothing at Twilio is affected. Check that the incident’s folder is writable and has space, then try again.`,
    );
  }
}

/** What `incident.json` of a folder says, or why it cannot be used; `undefined` when the folder is no incident. */
async function describe(folder: string): Promise<OpenedIncident | UserError | undefined> {
  const file = path.join(folder, 'incident.json');
  try {
    if (!(await lstat(folder)).isDirectory()) return refused('its folder is a link');
    const { size, nlink, isPlain } = await lstat(file).then((stat) => ({
      size: stat.size,
      nlink: stat.nlink,
      isPlain: stat.isFile(),
    }));
    if (!isPlain || nlink > 1) return refused('incident.json is a link or no plain file');
    if (size > longestDescription) return refused('incident.json is larger than 1 MB');
    return parseIncident(JSON.parse(await readFile(file, 'utf8')));
  } catch (reason) {
    if (reason instanceof SyntaxError) return refused('incident.json is no valid JSON');
    const { code } = reason as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : refused(`incident.json cannot be read (${code ?? 'unknown error'})`);
  }
}

function missing(): UserError {
  return refused('it has no incident.json');
}

function refused(why: string): UserError {
  return new UserError(
    'bad-input',
    `This incident cannot be used: ${why}. Its files are untouched. Put that right, or start another incident.`,
  );
}

function laterFormat(format: number): string {
  return `Its incident.json has format ${format}, which a later version of this extension writes. Nothing is written. Update the extension to continue it.`;
}

function titleOf(opened: OpenedIncident | UserError): string | undefined {
  if (opened instanceof UserError) return undefined;
  return opened.readOnly ? opened.title : opened.incident.title;
}
