import { element } from './dom.ts';

/** What the colours and patterns of a picture stand for; `kind` names the swatch's class. */
export function legend(...entries: readonly (readonly [kind: string, text: string | Node])[]): HTMLElement {
  return element(
    'ul',
    { class: 'legend' },
    ...entries.map(([kind, text]) =>
      element('li', {}, element('span', { class: `swatch ${kind}`, 'aria-hidden': 'true' }), text),
    ),
  );
}
