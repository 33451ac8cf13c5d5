import type { TrafficState } from '../core/traffic/panelState.ts';
import { element, setShown, setText } from './dom.ts';
import { whole } from './formats.ts';
import { button, progressRing } from './kit.ts';

/** At most this many gaps are listed; the rest is a number. */
const listed = 3;

export interface Status {
  readonly element: HTMLElement;
  /** The button that stops the reading. */
  readonly stop: HTMLElement;
  show(state: TrafficState): void;
}

/** What is going on: reading with progress and a way to stop, what failed, what is missing. Each says itself once to a screen reader. */
export function createStatus(onStop: () => void): Status {
  const counts = element('span');
  const stop = button('Stop', onStop);
  const reading = element('div', { class: 'reading' }, progressRing(), counts, stop);
  const failure = element('p', { class: 'notice failure', role: 'alert' });
  const gaps = element('div', { class: 'notice gaps', role: 'note' });
  const spoken = element('p', { class: 'spoken', role: 'status' });
  const box = element('div', { class: 'status' }, reading, failure, gaps, spoken);

  return {
    element: box,
    stop,
    show({ reading: progress, failure: sentence, gaps: missing, rows, window }) {
      setShown(reading, progress !== null);
      if (progress) setText(counts, progressText(progress));
      setShown(failure, sentence !== null);
      setText(failure, sentence ?? '');
      setShown(gaps, missing.length > 0);
      showGaps(gaps, missing);
      const done = window ? `${whole(rows.length)} countries.` : '';
      setText(spoken, progress ? 'Reading messages.' : done);
    },
  };
}

function progressText({ rows, accountsDone, accounts }: NonNullable<TrafficState['reading']>): string {
  if (accounts === 0) return 'Looking up the accounts…';
  return `Reading messages: ${whole(rows)} so far, ${whole(accountsDone)} of ${whole(accounts)} accounts done`;
}

function showGaps(target: HTMLElement, gaps: readonly string[]): void {
  const more = gaps.length - listed;
  const items = [...gaps.slice(0, listed), ...(more > 0 ? [`${whole(more)} more`] : [])];
  const title = 'Incomplete: the numbers below are too low.';
  const text = [title, ...items].join('\n');
  if (target.dataset['text'] === text) return;
  target.dataset['text'] = text;
  const list = items.map((item) => element('li', {}, item));
  target.replaceChildren(element('strong', {}, title), element('ul', {}, ...list));
}
