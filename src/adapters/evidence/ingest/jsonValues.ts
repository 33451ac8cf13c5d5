import type { RowReader, RowSink } from './rows.ts';

/** What surrounds the objects: `[…]`, a page of the REST API from its list on, nothing. */
export type Around = 'list' | 'page' | 'nothing';

/**
 * Objects of a JSON list (`twilio … -o json`), of the list called `messages` in a page of the REST API, or one after the other over
 * several lines. Each is cut out by its braces and parsed alone, so that a list of any length fits. `line` is where it begins.
 */
export function createJsonValues(sink: RowSink, around: Around, firstLine: number): RowReader {
  let line = firstLine;
  let open = around === 'page';
  let inside = false;

  /** The position after the object that begins at `start`; -1 when it is not whole. */
  function endOf(bytes: Buffer, start: number, end: number): number {
    let depth = 0;
    let quoted = false;
    for (let i = start; i < end; i++) {
      const c = bytes[i];
      if (quoted) {
        if (c === 0x5c) i++;
        else if (c === 0x22) quoted = false;
      } else if (c === 0x22) quoted = true;
      else if (c === 0x7b || c === 0x5b) depth++;
      else if ((c === 0x7d || c === 0x5d) && --depth === 0) return i + 1;
    }
    return -1;
  }

  function take(bytes: Buffer, start: number, end: number): void {
    const raw = bytes.toString('utf8', start, end);
    let value: unknown;
    try {
      value = JSON.parse(raw);
    } catch {
      value = undefined;
    }
    if (value === undefined) sink.bad(line, 'not-json', raw);
    else sink.value(value, line, raw);
    for (let at = bytes.indexOf(0x0a, start); at >= 0 && at < end; at = bytes.indexOf(0x0a, at + 1)) line++;
  }

  return {
    get line() {
      return line;
    },
    get complete() {
      return !open && !inside;
    },
    read(bytes, start, end) {
      inside = false;
      let reported = false;
      let i = start;
      while (i < end) {
        const c = bytes[i] as number;
        if (c === 0x7b && (open || around === 'nothing')) {
          const after = endOf(bytes, i, end);
          if (after < 0) {
            inside = true;
            return i;
          }
          take(bytes, i, after);
          i = after;
          continue;
        }
        if (c === 0x0a) line++;
        if (c === 0x5d) open = false;
        else if (c === 0x5b && around === 'list') open = true;
        else if (c === 0x2c) reported = false;
        else if (!isBlank(c) && !reported && (open || around !== 'page')) {
          sink.bad(line, 'not-an-object');
          reported = true;
        }
        i++;
      }
      return end;
    },
  };
}

function isBlank(c: number): boolean {
  return c === 0x20 || c === 0x09 || c === 0x0a || c === 0x0d;
}
