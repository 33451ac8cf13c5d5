/** A file that is not taken in at all. The message is a sentence that names the file, whose name is hostile text. */
export class Refused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Refused';
  }
}

/** A message has 1,600 characters at most; a row beyond this is no log's. */
export const longestRow = 1024 * 1024;

export function rowTooLong(name: string, line: number): Refused {
  return new Refused(
    `${name} has a row of more than 1 MB at line ${line}, so it is no log of Twilio’s or it is damaged. Nothing of it was imported. Export it again.`,
  );
}

export function endsInRow(name: string, line: number): Refused {
  return new Refused(
    `${name} ends in the middle of a row that begins at line ${line}: it is not complete. Nothing of it was imported. Export or download it again.`,
  );
}

/** `columns`: what the first line of a CSV file names; hostile text. */
export function notALog(name: string, columns: readonly string[] = []): Refused {
  const named = columns.slice(0, mostNamed).join(', ');
  const found =
    columns.length < 2 ? '' : ` Its first line names ${named}; Sid, To and Direction must be among its columns.`;
  return new Refused(
    `${name} is not a log that is known here: BulkExport files (.json.gz), JSON of the Twilio CLI or API, and CSV with named columns of messages, calls or Verify attempts are.${found} Nothing of it was imported.`,
  );
}

const mostNamed = 20;

/** So many rows that are no messages, and more of them than messages: whoever chose the file is told at once. */
export const mostBadRows = 100_000;

export function mostlyBad(name: string, reason: string): Refused {
  return new Refused(
    `${name} has more rows that are no messages than messages; the first one ${reason}. Nothing of it was imported. Choose a log of messages.`,
  );
}

export function endsEarly(name: string): Refused {
  return new Refused(
    `${name} ends before its compressed data does: the download is not complete. Nothing of it was imported. Download it again.`,
  );
}

export function damaged(name: string): Refused {
  return new Refused(
    `${name} is damaged: its compressed data does not match its checksum, or other data follows it. Nothing of it was imported. Download it again.`,
  );
}

export function inflatesTooFar(name: string): Refused {
  return new Refused(
    `${name} unpacks to far more than a log does, so it was stopped before it fills the memory. Nothing of it was imported. Check where the file comes from.`,
  );
}

export function unreadable(name: string, reason: unknown): Refused {
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : 'unknown error';
  return new Refused(
    `${name} could not be read (${code}). Nothing of it was imported. Check that it exists and may be read.`,
  );
}
