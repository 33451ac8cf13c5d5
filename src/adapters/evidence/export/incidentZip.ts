import path from 'node:path';
import { crc32 } from 'node:zlib';
import { UserError } from '../../../core/errors.ts';
import type { ExportedFile } from '../../../core/evidence/export/exporter.ts';
import type { OpenIncident } from '../../../core/evidence/incidentStore.ts';
import { createHashedFile } from './hashedFile.ts';
import { inspect, listIncidentFiles, onRequest, unchangedContent } from './incidentFiles.ts';
import { directoryEnd, directoryHeader, localHeader, type ZipEntry } from './zipFormat.ts';

/** The format of `manifest.json` this version writes. */
const manifestFormat = 1;

export interface ZipOrder {
  /** Whether `evidence/` is in it. */
  readonly evidence: boolean;
  /** The folder everything lies in when it is unpacked. */
  readonly top: string;
  /** Of this extension. */
  readonly version: string;
  /** Called with the bytes written so far, often; throws to stop. */
  readonly step: (bytes: number) => void;
}

/**
 * Writes the incident's folder as a zip, file by file, with `manifest.json`: size and SHA-256 of each file, where the journal's chain
 * ends, what was left out and why. Nothing of it depends on time or place: equal folders give equal bytes.
 */
export async function writeIncidentZip(
  { folder, incident, journal }: OpenIncident,
  draft: string,
  name: string,
  { evidence, top, version, step }: ZipOrder,
): Promise<{ readonly file: ExportedFile; readonly entries: number; readonly leftOut: number }> {
  const { head } = journal;
  const listed = await listIncidentFiles(folder, evidence);
  const files = [];
  for (const one of listed.files) files.push(await inspect(folder, one, () => step(0)));
  if (journal.head?.hash !== head?.hash)
    throw new UserError(
      'state-moved',
      'Something was recorded while the incident was exported, so the zip was not made. Export again when that is done.',
    );
  const manifest = {
    format: manifestFormat,
    tool: { name: 'Incident Investigator for Twilio', version },
    incident: incident?.id ?? null,
    head: head ? { seq: head.seq, hash: head.hash } : null,
    evidence,
    files: files.map((file) => ({ name: file.name, bytes: file.bytes, sha256: file.sha256 })),
    leftOut: listed.leftOut,
  };
  const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  const zip = await createHashedFile(draft, name);
  let offset = 0;
  const headers: Buffer[] = [];
  const put = async (bytes: Uint8Array) => {
    await zip.write(bytes);
    offset += bytes.byteLength;
    step(offset);
  };
  const begin = async (entry: ZipEntry) => {
    const named = { ...entry, name: path.posix.join(top, entry.name) };
    headers.push(directoryHeader(named, offset));
    await put(localHeader(named));
  };
  try {
    await begin({ name: 'manifest.json', bytes: text.length, crc32: crc32(text) });
    await put(text);
    for (const file of files) {
      await begin(file);
      for await (const part of unchangedContent(file)) await put(part);
    }
    const start = offset;
    for (const header of headers) await put(header);
    await put(directoryEnd(headers.length, start, offset - start));
    const leftOut = listed.leftOut.filter(({ why }) => why !== onRequest).length;
    return { file: await zip.end(), entries: headers.length, leftOut };
  } finally {
    await zip.close();
  }
}
