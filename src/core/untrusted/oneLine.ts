/** UTF-16 units per grapheme that a sink accepts on average; more is decoration (stacked marks, endless jamo). */
const unitsPerGrapheme = 8;

const graphemesOf = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The text on one line with everything invisible made visible: line ends as `⏎`, tabs as `⇥`, control, format, bidi,
 * zero-width, unassigned and private characters and lone surrogates as `\u{202E}`. Runs of spaces become one space, more
 * than four combining marks on a character are cut. The emoji selector U+FE0F stays where it belongs.
 * Classes: Unicode UAX #44; what hides in source text: UTS #55.
 */
export function oneLine(text: string): string {
  return text
    .replace(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/g, '⏎')
    .replaceAll('\t', '⇥')
    .replace(/\p{Zs}+/gu, ' ')
    .replace(
      /((?<=\p{Extended_Pictographic})(?<!\p{Cn})\uFE0F)|[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu,
      (character, selector: string | undefined) => selector ?? codePointName(character),
    )
    .replace(/(\p{M}{4})\p{M}+/gu, '$1…');
}

function codePointName(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
}

/** The part of a very long text that can matter to a result of so many graphemes, with `…` where it was cut. */
export function head(text: string, graphemes: number): string {
  const units = graphemes * unitsPerGrapheme * 2;
  return text.length <= units ? text : `${whole(text.slice(0, units - 1))}…`;
}

/** At most so many graphemes, and 8 times as many UTF-16 units. A cut is shown by `…`, which counts. */
export function clip(text: string, graphemes: number): string {
  if (text.length <= graphemes) return text;
  const units = graphemes * unitsPerGrapheme;
  const part = text.length <= units ? text : text.slice(0, units - 1);
  let count = 0;
  let cut = 0;
  for (const { index } of graphemesOf.segment(part)) {
    if (count < graphemes) cut = index;
    count += 1;
    if (count > graphemes) break;
  }
  if (count <= graphemes && part === text) return text;
  // One grapheme that fills the whole part has no boundary to cut at.
  return `${cut > 0 ? text.slice(0, cut) : whole(part)}…`;
}

/** Without the first half of a surrogate pair at the end. */
function whole(part: string): string {
  return /[\uD800-\uDBFF]$/.test(part) ? part.slice(0, -1) : part;
}
