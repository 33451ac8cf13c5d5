/**
 * True for a picture as the panel's page makes them: nothing in it runs, loads or links. The page draws them, and what comes from a page is not
 * believed.
 */
export function isPicture(svg: string): boolean {
  return svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg" ') && svg.endsWith('</svg>\n') && !active.test(svg);
}

/** Text cannot hold `<`, so what follows one is an element; the style is what stands between its tags. */
const active = new RegExp(
  [
    String.raw`<(?!\/?(?:svg|g|path|line|rect|circle|text|title|desc|style|defs|pattern)[\s>])`,
    String.raw`<[^<>]*\s(?:on\w+|style|(?:xlink:)?href)\s*=`,
    String.raw`<[^<>]*url\((?!#)`,
    String.raw`<style>[^<]*(?:url\((?!#)|@import)`,
  ].join('|'),
  'i',
);

/** True for PNG in base64. https://www.w3.org/TR/png-3/#3PNGsignature */
export function isPng(base64: string): boolean {
  return base64.startsWith('iVBORw0KGgo') && /^[A-Za-z0-9+/]+={0,2}$/.test(base64);
}
