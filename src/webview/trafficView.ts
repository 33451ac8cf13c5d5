import type { Figure, Message, ToHost } from '../core/messages.ts';
import { channelWords } from '../core/traffic/channel.ts';
import type { CountryOrBucket } from '../core/traffic/country.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { createBehind } from './behind.ts';
import { createCountryGrid } from './countryGrid.ts';
import { element, setShown, setText } from './dom.ts';
import { createFindings } from './findings.ts';
import { createHeatView } from './heatView.ts';
import { createHours } from './hours.ts';
import { createMapView } from './mapView.ts';
import { pictureOf, pngOf } from './pictures.ts';
import { createStatus } from './status.ts';
import { createToolbar } from './toolbar.ts';

export interface TrafficViewParts {
  readonly post: (message: Message<ToHost>) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Whether the hours were last looked at as a table. */
  readonly asTable: boolean;
  readonly onToggle: (asTable: boolean) => void;
}

export interface TrafficView {
  readonly element: HTMLElement;
  show(state: TrafficState): void;
  /** Makes a picture of what is shown and sends it to the host. */
  draw(figure: Figure, format: 'svg' | 'png'): Promise<void>;
}

/** Milliseconds between looks at the clock. */
const tick = 30_000;

/** The page: what stands out, the world, the selected country, all countries and their hours. It holds no data of its own. */
export function createTrafficView({ post, now, asTable, onToggle }: TrafficViewParts): TrafficView {
  const select = (country: CountryOrBucket): void => post({ type: 'select', body: { country } });
  let shown: TrafficState | undefined;
  const toolbar = createToolbar({ post, onAddToRca: addToRca });
  const status = createStatus({
    onStop: () => post({ type: 'cancel', body: {} }),
    onReadBefore: () => post({ type: 'readBefore', body: {} }),
  });
  const findings = createFindings();
  const map = createMapView(select);
  const hours = createHours({
    asTable,
    onToggle,
    onBrush: ({ from, to }) => post({ type: 'brush', body: { from, to } }),
    onReset: () => post({ type: 'setSpan', body: { span: 'day' } }),
    onUse: ({ from, to }) => post({ type: 'useWindow', body: { from, to } }),
    onBlock: (country) => post({ type: 'blockCountry', body: { country } }),
  });
  const behind = createBehind((country, range) => post({ type: 'blockRange', body: { country, range } }));
  const heat = createHeatView(select);
  const grid = createCountryGrid(select);
  const note = element(
    'p',
    { class: 'note' },
    '* Twilio has not priced all of these yet, and no price is known to estimate them with: the cost will rise.',
  );
  const countries = element('section', { class: 'countries', 'aria-label': 'Countries' }, grid.element);
  const empty = element('p', { class: 'empty' });
  const content = element(
    'div',
    { class: 'content' },
    map.element,
    hours.element,
    behind.element,
    countries,
    heat.element,
  );
  const main = element('main', {}, toolbar.element, status.element, empty, findings.element, content, note);

  function addToRca(): void {
    const state = shown;
    if (!state) return;
    const figures = (['map', 'series', 'heat'] as const).flatMap((figure) => {
      const svg = pictureOf(state, figure);
      return svg === undefined ? [] : [{ figure, svg }];
    });
    post({ type: 'addToRca', body: { figures } });
  }

  // Numbers age while nobody touches the page.
  setInterval(() => {
    if (shown === undefined || document.hidden) return;
    toolbar.show(shown, now());
    status.show(shown, now());
  }, tick);

  return {
    element: main,
    show(state) {
      shown = state;
      const { rows, selected, span } = state;
      const instant = now();
      const focused = document.activeElement;
      toolbar.show(state, instant);
      status.show(state, instant);
      // Refresh and Stop take each other's place; the focus stays with the one that is there. A dialog of VS Code keeps what it has.
      const isHere = document.hasFocus();
      if (isHere && focused === toolbar.refresh && toolbar.refresh.hidden) status.stop.focus();
      else if (isHere && focused === status.stop && state.reading === null) toolbar.refresh.focus();
      setText(empty, emptyText(state));
      setShown(empty, rows.length === 0);
      for (const part of [findings.element, content]) setShown(part, rows.length > 0);
      setShown(
        note,
        rows.some(({ unpriced }) => unpriced > 0),
      );
      findings.show(state);
      map.show(state);
      grid.show(state, selected?.country);
      heat.show(state);
      const row = rows.find(({ country }) => country === selected?.country);
      if (!selected || !row || !span) return;
      hours.show(state, row);
      behind.show(state, row.name);
    },
    async draw(figure, format) {
      const svg = shown && pictureOf(shown, figure);
      if (svg === undefined) return;
      const data = format === 'svg' ? svg : await pngOf(svg);
      post({ type: 'save', body: { figure, format, data } });
    },
  };
}

function emptyText({ reading, failure, window, account, channel }: TrafficState): string {
  const { many } = channelWords[channel];
  if (reading && !window) return 'Countries appear here as soon as the last seven days are read.';
  if (!window) return failure ? 'Nothing was read.' : 'Nothing was read yet.';
  return account
    ? `This account has no outbound ${many} in the last seven days.`
    : `There were no outbound ${many} in the last seven days.`;
}
