/** The one file that knows the component library. Its elements are `tii-…`; everything else uses these functions. */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDataGrid,
  vsCodeDataGridCell,
  vsCodeDataGridRow,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
} from '@vscode/webview-ui-toolkit';
import { type Child, setText } from './dom.ts';

/** Defines the elements. The library reads the theme on the window's `load`, so this has to run before it. */
export function registerKit(): void {
  provideVSCodeDesignSystem()
    .withPrefix('tii')
    .register(
      vsCodeButton(),
      vsCodeDataGrid(),
      vsCodeDataGridCell(),
      vsCodeDataGridRow(),
      vsCodeDropdown(),
      vsCodeOption(),
      vsCodeProgressRing(),
    );
}

export function button(label: string, onClick: () => void, kind: 'primary' | 'secondary' = 'secondary'): HTMLElement {
  const made = component('tii-button', { appearance: kind });
  made.textContent = label;
  made.addEventListener('click', onClick);
  return made;
}

/** The button to press next, or one among others. */
export function emphasise(target: HTMLElement, isNext: boolean): void {
  const appearance = isNext ? 'primary' : 'secondary';
  if (target.getAttribute('appearance') !== appearance) target.setAttribute('appearance', appearance);
}

/** Goes round while something is under way; what it is has to be said in text beside it. */
export function progressRing(): HTMLElement {
  return component('tii-progress-ring', { 'aria-hidden': 'true' });
}

export interface Dropdown {
  readonly element: HTMLElement;
  /** Replaces the options; keeps them when they are the same. */
  set(options: readonly { readonly value: string; readonly label: string }[], chosen: string): void;
}

export function dropdown(label: string, onChoose: (value: string) => void): Dropdown {
  const element = component('tii-dropdown', { 'aria-label': label });
  let shown = '';
  let later = 0;
  element.addEventListener('change', () => onChoose(String(Reflect.get(element, 'value'))));
  return {
    element,
    set(options, chosen) {
      const fingerprint = JSON.stringify(options);
      if (fingerprint !== shown) {
        shown = fingerprint;
        const made = options.map(({ value, label: text }) => {
          const option = component('tii-option', { value });
          option.textContent = text;
          return option;
        });
        element.replaceChildren(...made);
      }
      Reflect.set(element, 'value', chosen);
      // The library takes in new options later, and falls back to the first one then.
      cancelAnimationFrame(later);
      later = requestAnimationFrame(() => Reflect.set(element, 'value', chosen));
    },
  };
}

/**
 * A grid whose arrow keys, Home, End and paging the library moves between cells. The style sheet says how wide the columns are (`--columns`) and
 * may put a cell elsewhere (`--column-1` and so on), as the library's own inline styles cannot be outweighed.
 */
export function grid(label: string): HTMLElement {
  return component('tii-data-grid', {
    'aria-label': label,
    'generate-header': 'none',
    'grid-template-columns': 'var(--columns)',
  });
}

export function gridHeader(titles: readonly string[]): HTMLElement {
  const row = component('tii-data-grid-row', { 'row-type': 'sticky-header' });
  row.append(...titles.map((title, i) => cell(i, 'columnheader', title)));
  return row;
}

/** A row of the grid; its first cell names it. */
export function gridRow(cells: number): { readonly element: HTMLElement; readonly cells: readonly HTMLElement[] } {
  const element = component('tii-data-grid-row', {});
  const made = Array.from({ length: cells }, (_, i) => cell(i, i === 0 ? 'rowheader' : 'default'));
  element.append(...made);
  return { element, cells: made };
}

function cell(index: number, kind: string, text?: Child): HTMLElement {
  const made = component('tii-data-grid-cell', {
    'grid-column': `var(--column-${index + 1}, ${index + 1})`,
    'cell-type': kind,
  });
  if (typeof text === 'string') setText(made, text);
  return made;
}

function component(tag: `tii-${string}`, attributes: Readonly<Record<string, string>>): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
