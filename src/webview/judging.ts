import { channelWords } from '../core/traffic/channel.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { element, setShown, setText } from './dom.ts';
import { whole } from './formats.ts';
import { ageText } from './freshness.ts';
import { button, progressRing } from './kit.ts';

type Offer = NonNullable<TrafficState['offer']>;

export interface Judging {
  readonly element: HTMLElement;
  show(state: Pick<TrafficState, 'judging' | 'offer' | 'reading' | 'channel'>): void;
}

/** What judged: that the detector is still at work, or that medians stand for it and what it would take to have it judge. */
export function createJudging(onReadBefore: () => void): Judging {
  const atWork = element(
    'div',
    { class: 'at-work' },
    progressRing(),
    element('span', {}, 'The detector is judging. Until it has, what is flagged goes by the median of six days.'),
  );
  const what = element('span');
  const read = button('', onReadBefore);
  const offered = element('div', { class: 'notice offer', role: 'note' }, what, read);
  const box = element('div', {}, atWork, offered);
  return {
    element: box,
    show({ judging, offer, reading, channel }) {
      setShown(box, reading === null && (judging || offer !== null));
      setShown(atWork, judging);
      setShown(offered, offer !== null && !judging);
      if (!offer) return;
      setText(what, offerText(offer, channel));
      setText(read, `Read ${whole(offer.days)} Days More`);
    },
  };
}

function offerText({ days, requests, seconds }: Offer, channel: TrafficState['channel']): string {
  const took = seconds === 0 ? '' : `, ${seconds < 60 ? `${whole(seconds)} s` : ageText(seconds * 1000)}`;
  const { many } = channelWords[channel];
  return `Judged by the median of six days: too little for the detector. With the ${many} of the ${days} days before it can judge: about ${whole(requests)} requests${took}.`;
}
