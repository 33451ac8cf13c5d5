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

/**
 * Writes the text when it differs, so that a screen reader does not repeat what has not changed; into the text that is there, which is less for the
 * browser to do than to take in another.
 */
export function setText(target: Element, text: string): void {
  if (target.textContent === text) return;
  const { firstChild, childNodes } = target;
  if (firstChild instanceof Text && childNodes.length === 1) firstChild.data = text;
  else target.textContent = text;
}

/** Shows or hides it from everyone. */
export function setShown(target: HTMLElement, shown: boolean): void {
  target.hidden = !shown;
}

/**
 * What tells how wide an element is inside, in whole pixels, as the page was laid out last; calls back when that changed. Asking the element itself
 * in the middle of a change makes the browser lay out the whole page at once, and again after the next part of it.
 */
export function watchWidth(target: HTMLElement, onChange: () => void): () => number {
  let width: number | undefined;
  new ResizeObserver(() => {
    width = Math.floor(target.clientWidth);
    onChange();
  }).observe(target);
  return () => width ?? Math.floor(target.clientWidth);
}

/** Pixels below and above what is seen that are near. */
const near = '200px';

/**
 * What tells whether an element is in sight or a little scrolling away from it, as of the last frame; calls back when it comes there. So that nobody waits
 * for what is drawn far below.
 */
export function watchSight(target: HTMLElement, onSight: () => void): () => boolean {
  let isNear = false;
  new IntersectionObserver(
    (entries) => {
      const was = isNear;
      isNear = entries.at(-1)?.isIntersecting === true;
      if (isNear && !was) onSight();
    },
    // The page's own document: in VS Code it is a frame of another origin, of whose window no margin is taken.
    { root: document, rootMargin: near },
  ).observe(target);
  return () => isNear;
}

/** Runs it once the next frame is on the screen; the result takes that back. */
export function afterPaint(run: () => void): () => void {
  let task: number | undefined;
  const frame = requestAnimationFrame(() => {
    task = setTimeout(run);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(task);
  };
}
