import { draw, setText } from './dom.ts';
import type { Mark } from './marks/mark.ts';

/** A picture on the page that is brought up to date instead of being made anew. */
export interface Drawing {
  readonly element: SVGElement;
  /** Changes what differs from what was shown last. An element whose mark is the same stays as it is, with what others added to it. */
  show(mark: Mark): void;
}

interface Drawn {
  readonly element: SVGElement;
  mark: Mark;
  children: ReadonlyMap<string, Drawn>;
}

/** An empty picture. Making elements, styling them and painting them takes most of a picture's time, so those that stay are kept. */
export function createDrawing(): Drawing {
  const root = made({ tag: 'svg' });
  return { element: root.element, show: (mark) => update(root, mark) };
}

function made(mark: Mark): Drawn {
  const children = new Map<string, Drawn>();
  for (const [index, child] of (mark.children ?? []).entries())
    children.set(keyOf(child, index, children), made(child));
  const element = draw({ ...mark, children: [] });
  element.append(...[...children.values()].map((child) => child.element));
  return { element, mark, children };
}

function update(drawn: Drawn, mark: Mark): void {
  const { element, mark: before } = drawn;
  const [old, next] = [before.attributes ?? {}, mark.attributes ?? {}];
  for (const name of Object.keys(old)) if (next[name] === undefined) element.removeAttribute(name);
  for (const [name, value] of Object.entries(next)) if (old[name] !== value) element.setAttribute(name, String(value));
  if (before.text !== mark.text) setText(element, mark.text ?? '');
  drawn.mark = mark;
  if (mark.children || drawn.children.size > 0) updateChildren(drawn, mark.children ?? []);
}

function updateChildren(parent: Drawn, marks: readonly Mark[]): void {
  const children = new Map<string, Drawn>();
  for (const [index, mark] of marks.entries()) {
    const key = keyOf(mark, index, children);
    const kept = parent.children.get(key);
    if (kept) update(kept, mark);
    children.set(key, kept ?? made(mark));
  }
  for (const [key, { element }] of parent.children) if (!children.has(key)) element.remove();
  let before: Element | undefined;
  for (const { element } of children.values()) {
    if (!before && parent.element.firstElementChild !== element) parent.element.prepend(element);
    else if (before && before.nextElementSibling !== element) before.after(element);
    before = element;
  }
  parent.children = children;
}

/** Of two marks that say they are the same, the second is known by its place. */
function keyOf({ tag, key }: Mark, index: number, taken: ReadonlyMap<string, unknown>): string {
  const name = `${tag} ${key ?? index}`;
  return taken.has(name) ? `${tag} at ${index}` : name;
}
