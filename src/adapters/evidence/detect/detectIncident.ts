import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { Cancelled } from '../../../core/errors.ts';
import { heldCaptures } from '../../../core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../../../core/evidence/incidentStore.ts';
import { isObject } from '../../../core/model/json.ts';
import type { Cancellation } from '../../../core/ports.ts';
import type { Window } from '../../../core/traffic/window.ts';
import { incidentPrefix } from '../incidentIndex.ts';
import { sha256 } from '../sha256.ts';
import { createSharedWork } from '../sharedWork.ts';
import type { DetectedCaptures } from './detectCaptures.ts';
import { inThread } from './inThread.ts';

export interface DetectIncidentParts {
  /** What was found is kept here, beside the indexes of incidents: a cache that can be deleted. */
  readonly folder: string;
  /** The script of the thread. */
  readonly detector: string | URL;
}

/** Changes with what the detector gives for the same evidence. */
const format = 'twilio-incident-detected/4';
const read: ReadonlySet<string> = new Set(['messages', 'calls', 'attempts']);
/** What is looked for in this process: a document that is asked for meanwhile waits for it. */
const underWay = createSharedWork<DetectedCaptures, never>();

/**
 * What the detector finds in an incident's evidence, from a thread of its own, or what it found before in the same captures for the same window. Rejects
 * with `Cancelled`.
 */
export async function detectIncident(
  incident: OpenIncident,
  window: Window,
  { folder, detector }: DetectIncidentParts,
  cancel?: Cancellation,
): Promise<DetectedCaptures> {
  if (cancel?.aborted) throw new Cancelled();
  const captures = heldCaptures(incident.journal.records)
    .map(({ capture }) => capture)
    .filter(({ source }) => read.has(source))
    // The proofs of pages are most of a capture's record, and tell nothing here.
    .map((capture) => ({ ...capture, slices: capture.slices.map((slice) => ({ ...slice, pages: [] })) }));
  const key = sha256([format, window.from, window.to, ...captures.map((one) => one.sha256)].join());
  const id = incident.incident?.id ?? incident.folder;
  const file = path.join(folder, `${incidentPrefix(id)}detected-${key.slice(0, 32)}`);
  return underWay.of(file, cancel ? { cancel } : {}, async () => {
    const known = await kept(file);
    if (known) return known;
    const task = { kind: 'captures', folder: incident.folder, captures, window } as const;
    const found = await inThread<typeof task, DetectedCaptures>(detector, task, cancel);
    const held = new Set(heldCaptures(incident.journal.records).map(({ capture }) => capture.file));
    // Nothing that was made of deleted evidence stays.
    if (captures.every((capture) => held.has(capture.file))) await keep(file, found);
    return found;
  });
}

/** `undefined` when there is none, or what is there cannot be read: it is only a cache. */
async function kept(file: string): Promise<DetectedCaptures | undefined> {
  try {
    const value: unknown = deserialize(await readFile(file));
    return isKept(value) ? value.found : undefined;
  } catch {
    return undefined;
  }
}

/** The extension wrote it: the format's name says that the rest is as the type tells. */
function isKept(value: unknown): value is { readonly found: DetectedCaptures } {
  return isObject(value) && value['format'] === format && isObject(value['found']);
}

/** A disk that cannot be written costs time, nothing else. */
async function keep(file: string, found: DetectedCaptures): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(draft, serialize({ format, found }), { mode: 0o600 });
    await rename(draft, file);
  } catch {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}
