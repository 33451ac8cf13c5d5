import type { Mark } from './marks/mark.ts';

export type Child = Node | string;

/** An element with attributes and children. Strings become text, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Makes what a mark describes. */
export function draw(mark: Mark): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', mark.tag);
  for (const [name, value] of Object.entries(mark.attributes ?? {})) made.setAttribute(name, String(value));
  if (mark.text !== undefined) made.textContent = mark.text;
  made.append(...(mark.children ?? []).map(draw));
  return made;
}

/** Writes the text when it differs, so that a screen reader does not repeat what has not changed. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** Shows or hides it from everyone. */
export function setShown(target: HTMLElement, shown: boolean): void {
  target.hidden = !shown;
}
