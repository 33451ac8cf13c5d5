import type { Fact } from '../accounts/nodeKind.ts';
import type { JsonObject } from '../model/json.ts';

/** Twilio's largest page: a list this long may go on. */
const fullPage = 1000;

/** How many rows a read gave, as a line of the plan; a full page may be more, a read that failed is unknown. */
export function counted(name: string, rows: readonly JsonObject[] | undefined, what = ''): Fact {
  if (!rows) return { name, value: 'unknown: they could not be read' };
  return { name, value: `${atLeast(rows.length)}${what}` };
}

/** `12`, or `1000 or more` for a full page. */
export function atLeast(length: number): string {
  return length >= fullPage ? `${fullPage} or more` : String(length);
}
