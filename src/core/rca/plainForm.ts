import { findBlocks, linesOf } from './blocks.ts';
import { isNumbersMarker } from './numbers.ts';

/**
 * The text of an RCA as it goes into Twilio's form: the same headings and sentences without markers, pictures and diagrams, which a form
 * cannot show. Nothing that a person wrote is left out.
 */
export function plainForm(text: string): string {
  const { blocks } = findBlocks(text);
  const markers = new Set(blocks.flatMap(({ begin, end }) => [begin, end]));
  const kept: string[] = [];
  let inDiagram = false;
  for (const [at, line] of linesOf(text).entries()) {
    if (line === '```mermaid') inDiagram = true;
    const left = inDiagram || markers.has(at) || isNumbersMarker(line) || /^!\[[^\]]*\]\(figures\/[^)]*\)$/.test(line);
    if (inDiagram && line === '```') inDiagram = false;
    // What was left out leaves no hole.
    if (!left && (line !== '' || kept.at(-1) !== '')) kept.push(line);
  }
  return `${kept.join('\n').trim()}\n`;
}
