import fc from 'fast-check';

/** Reads CSV as a spreadsheet does whose list separator this is: a quote counts only where a cell begins. */
export function readCsv(text: string, separator: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  let i = text.startsWith('\uFEFF') ? 1 : 0;
  const endCell = () => {
    cells.push(cell);
    cell = '';
  };
  for (let begins = true; i < text.length; i += 1) {
    const character = text[i] ?? '';
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else isQuoted = false;
    } else if (character === '"' && begins) {
      isQuoted = true;
    } else if (character === separator) {
      endCell();
      begins = true;
      continue;
    } else if (character === '\r' && text[i + 1] === '\n') {
      endCell();
      lines.push(cells);
      cells = [];
      i += 1;
      begins = true;
      continue;
    } else cell += character;
    begins = false;
  }
  return lines;
}

const nasty = [
  '=',
  '+',
  '-',
  '@',
  '|',
  '\t',
  '\r',
  '\n',
  '\u0000',
  ';',
  ',',
  '"',
  "'",
  '＝',
  '＋',
  '－',
  '＠',
  '\u202E',
  '\u200B',
  '\u009b',
  '\u001b]52;c;eA==\u0007',
  "=cmd|' /C calc'!A1",
  '+14155551234',
  '\ud800',
  '\udc00',
  '\u2028',
  '{',
  '\\',
  ' ',
  '  ',
];

/** Texts that try to be formulas, cells, lines, or invisible. */
export const hostileText = fc.oneof(
  fc.array(fc.constantFrom(...nasty), { maxLength: 8 }).map((parts) => parts.join('')),
  fc
    .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 6 })
    .map((parts) => parts.join('')),
);
