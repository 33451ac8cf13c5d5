/** Characters that make a spreadsheet read a cell as a formula, with their full-width and small forms. */
const formulaStart = '[=+\\-@|＝＋－＠｜﹦﹢﹣﹫−]';
const atStart = new RegExp(`^(?=[\\s"]*${formulaStart})`);
/** Where the list separator is a semicolon, a quote in the middle of a line protects nothing and `;` starts a cell. */
const afterSemicolon = new RegExp(`;(?=[\\s"]*${formulaStart})`, 'g');

/** The text with an apostrophe before whatever a spreadsheet would calculate (OWASP, CSV injection; CWE-1236). Idempotent. */
export function withoutFormulas(line: string): string {
  return line.replace(afterSemicolon, ";'").replace(atStart, "'");
}

/** A quoted cell (RFC 4180) from text that is on one line already. */
export function quoted(line: string): string {
  return `"${line.replaceAll('"', '""')}"`;
}
