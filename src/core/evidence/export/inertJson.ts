/**
 * JSON text that is safe to look at: whatever is invisible or turns text around is written as an escape (UTS #55), which every parser
 * reads back as it was. JSON allows such characters inside strings only, so structure never changes.
 */
export function visibleJson(json: string): string {
  return json.replace(/[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu, escaped);
}

/**
 * JSON text of an object or a list that a spreadsheet shows and nothing more: ASCII, and no `;`, at which a cell would begin where
 * the list separator is a semicolon. As it begins with a bracket, it is no formula.
 */
export function spreadsheetJson(json: string): string {
  return json.replace(/[^ -:<-~]/gu, escaped);
}

function escaped(characters: string): string {
  return Array.from({ length: characters.length }, (_, i) => {
    return `\\u${characters.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }).join('');
}
