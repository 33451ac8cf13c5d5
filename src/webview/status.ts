import { type Channel, channelWords } from '../core/traffic/channel.ts';
import { clockHour } from '../core/traffic/clockHour.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { element, setShown, setText } from './dom.ts';
import { whole } from './formats.ts';
import { ageText, freshness } from './freshness.ts';
import { createJudging } from './judging.ts';
import { button, progressRing } from './kit.ts';

/** At most this many gaps are listed; the rest is a number. */
const listed = 3;

export interface Status {
  readonly element: HTMLElement;
  /** The button that stops the reading. */
  readonly stop: HTMLElement;
  /** `now`: epoch milliseconds, for how old the numbers are. */
  show(state: TrafficState, now: number): void;
}

export interface StatusParts {
  readonly onStop: () => void;
  readonly onReadBefore: () => void;
}

/** What is going on: reading with progress and a way to stop, what failed, what is missing, what is old. Each says itself once to a screen reader. */
export function createStatus({ onStop, onReadBefore }: StatusParts): Status {
  const counts = element('span');
  const stop = button('Stop', onStop);
  const reading = element('div', { class: 'reading' }, progressRing(), counts, stop);
  const judging = createJudging(onReadBefore);
  const failure = element('p', { class: 'notice failure', role: 'alert' });
  const gaps = element('div', { class: 'notice gaps', role: 'note' });
  const stale = element('p', { class: 'notice stale', role: 'note' });
  const begun = element('p', { class: 'notice begun', role: 'note' });
  const spoken = element('p', { class: 'spoken', role: 'status' });
  const box = element('div', { class: 'status' }, reading, failure, judging.element, gaps, stale, begun, spoken);

  return {
    element: box,
    stop,
    show(state, now) {
      const { reading: progress, failure: sentence, gaps: missing, rows, window, channel, begins } = state;
      setShown(reading, progress !== null);
      if (progress) setText(counts, progressText(progress, channel, state.judging));
      judging.show(state);
      setShown(failure, sentence !== null);
      setText(failure, sentence ?? '');
      setShown(gaps, missing.length > 0);
      showGaps(gaps, missing);
      const isOld = progress === null && freshness(state, now)?.stale === true;
      setShown(stale, isOld);
      if (isOld && window)
        setText(
          stale,
          `These numbers are ${ageText(now - window.to)} old, and traffic went on since. Refresh them before you act.`,
        );
      setShown(begun, begins !== null);
      if (begins !== null)
        setText(
          begun,
          `The log begins ${clockHour(begins)} UTC. What was usual before is not known, so a country that looks new may not be.`,
        );
      const done = window ? `${whole(rows.length)} countries.` : '';
      setText(spoken, spokenText(state, done));
    },
  };
}

function spokenText({ reading, judging, channel }: TrafficState, done: string): string {
  if (judging) return 'Judging: what is flagged so far goes by medians.';
  return reading ? `Reading ${channelWords[channel].many}.` : done;
}

function progressText(
  { rows, accountsDone, accounts }: NonNullable<TrafficState['reading']>,
  channel: Channel,
  before: boolean,
): string {
  if (accounts === 0) return 'Looking up the accounts…';
  const what = before ? `the ${channelWords[channel].many} of the days before` : channelWords[channel].many;
  return `Reading ${what}: ${whole(rows)} so far, ${whole(accountsDone)} of ${whole(accounts)} accounts done`;
}

function showGaps(target: HTMLElement, gaps: readonly string[]): void {
  const more = gaps.length - listed;
  const items = [...gaps.slice(0, listed), ...(more > 0 ? [`${whole(more)} more ${more === 1 ? 'gap' : 'gaps'}`] : [])];
  const title = 'Incomplete: the numbers below are too low.';
  const text = [title, ...items].join('\n');
  if (target.dataset['text'] === text) return;
  target.dataset['text'] = text;
  const list = items.map((item) => element('li', {}, item));
  target.replaceChildren(element('strong', {}, title), element('ul', {}, ...list));
}
