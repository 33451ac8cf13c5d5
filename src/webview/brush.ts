import { clockHour } from '../core/traffic/clockHour.ts';
import type { HourlyTraffic } from '../core/traffic/ranking.ts';
import { draw } from './dom.ts';
import { margin, type Shaded, timeScale } from './marks/timeSeries.ts';

type Series = HourlyTraffic;

const hour = 3_600_000;
/** Hours the keys move an edge. */
const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -24,
  PageUp: 24,
};
type Edge = 'from' | 'to';

export interface Brush {
  readonly element: SVGElement;
  show(series: Series, span: Shaded, width: number, height: number): void;
}

/**
 * The hours the numbers are of, as two edges over the chart: dragging across it draws new ones, and each edge is a slider for the arrow and page
 * keys. It stays when the chart is drawn anew, so that the focus does.
 */
export function createBrush(onBrush: (span: Shaded) => void): Brush {
  const element = draw({
    tag: 'svg',
    attributes: { class: 'brush', role: 'group', 'aria-label': 'Hours the numbers are of' },
    children: [
      { tag: 'rect', attributes: { class: 'area' } },
      { tag: 'rect', attributes: { class: 'drawn' } },
      handle('from', 'First hour'),
      handle('to', 'End'),
    ],
  });
  const [area, drawn, from, to] = [...element.children];
  let shown: { series: Series; span: Shaded; width: number; height: number } | undefined;
  let dragged: { start: number; end: number } | undefined;

  function place(span: Shaded): void {
    if (!shown || !area || !drawn || !from || !to) return;
    const { series, width, height } = shown;
    const x = timeScale(series, width);
    const [left = 0, right = 0] = x.range();
    const tall = { y: margin.top, height: Math.max(0, height - margin.top - margin.bottom) };
    set(area, { x: left, width: right - left, ...tall });
    set(drawn, { x: x(span.from), width: Math.max(0, x(span.to) - x(span.from)), ...tall });
    for (const [edge, mark] of [
      ['from', from],
      ['to', to],
    ] as const) {
      set(mark, { x: x(span[edge]) - 1, width: 2, ...tall });
      const at = Math.round((span[edge] - series.from) / hour);
      set(mark, { 'aria-valuemin': 0, 'aria-valuemax': series.sent.length, 'aria-valuenow': at });
      mark.setAttribute('aria-valuetext', `${clockHour(span[edge])} UTC`);
    }
  }
  /** The nearest whole hour under the pointer. */
  function instantAt(event: PointerEvent): number {
    if (!shown) return 0;
    const { series, width } = shown;
    const at = timeScale(series, width)
      .invert(event.clientX - element.getBoundingClientRect().left)
      .getTime();
    const hours = Math.round((at - series.from) / hour);
    return series.from + Math.max(0, Math.min(series.sent.length, hours)) * hour;
  }
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !shown) return;
    const edge = event.target === from ? 'from' : event.target === to ? 'to' : undefined;
    const now = instantAt(event);
    const { span } = shown;
    dragged = { start: edge === 'from' ? span.to : edge === 'to' ? span.from : now, end: now };
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener('pointermove', (event) => {
    if (!dragged) return;
    dragged.end = instantAt(event);
    place(ordered(dragged));
  });
  element.addEventListener('pointerup', () => {
    const span = dragged && ordered(dragged);
    dragged = undefined;
    if (!shown || !span) return;
    // A click is no brush.
    if (span.to > span.from) onBrush(span);
    else place(shown.span);
  });
  element.addEventListener('pointercancel', () => {
    dragged = undefined;
    if (shown) place(shown.span);
  });
  element.addEventListener('keydown', (event) => {
    const edge: Edge | undefined = event.target === from ? 'from' : event.target === to ? 'to' : undefined;
    if (!edge || !shown) return;
    const { series, span } = shown;
    const end = series.from + series.sent.length * hour;
    const [least, most] = edge === 'from' ? [series.from, span.to - hour] : [span.from + hour, end];
    const step = steps[event.key];
    const wanted = event.key === 'Home' ? least : event.key === 'End' ? most : step && span[edge] + step * hour;
    if (wanted === undefined) return;
    event.preventDefault();
    const next = { ...span, [edge]: Math.max(least, Math.min(most, wanted)) };
    if (next[edge] !== span[edge]) onBrush({ from: next.from, to: next.to });
  });

  return {
    element,
    show(series, span, width, height) {
      shown = { series, span: { from: span.from, to: span.to }, width, height };
      set(element, { width, height, viewBox: `0 0 ${width} ${height}` });
      if (!dragged) place(span);
    },
  };
}

function handle(edge: Edge, label: string) {
  return {
    tag: 'rect',
    attributes: { class: `edge ${edge}`, role: 'slider', tabindex: 0, 'aria-label': label },
  } as const;
}

function ordered({ start, end }: { start: number; end: number }): Shaded {
  return { from: Math.min(start, end), to: Math.max(start, end) };
}

function set(target: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, String(value));
}
