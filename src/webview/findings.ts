import { channelWords, titled } from '../core/traffic/channel.ts';
import { clockHour } from '../core/traffic/clockHour.ts';
import { moneysText } from '../core/traffic/money.ts';
import { headlined } from '../core/traffic/panelHeadline.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { draw, element, setShown, setText } from './dom.ts';
import { flagWords, stretchWords } from './flagWords.ts';
import { localTime, whole } from './formats.ts';
import { flagIcon } from './marks/flagIcon.ts';

/** So many flagged countries are told in sentences; the others head the table. */
const told = 3;
type Row = TrafficState['rows'][number];

export interface Findings {
  readonly element: HTMLElement;
  show(state: TrafficState): void;
}

/** What stands out: first how much, at what cost and since when, then each country in the sentences a manager would repeat. */
export function createFindings(): Findings {
  const title = element('h2', { id: 'findings' });
  const loss = element('p', { class: 'loss' });
  const list = element('ul', {});
  const section = element('section', { class: 'findings', 'aria-labelledby': 'findings' }, title, loss, list);
  let drawn = '';
  return {
    element: section,
    show({ rows, headline, channel }) {
      const flagged = rows.filter(({ flag }) => flag !== null);
      setText(title, headlineText(flagged, headline, channel));
      setText(loss, headline ? lossText(headline, channel) : '');
      loss.title = headline?.since ? localTime(headline.since) : '';
      setShown(loss, headline !== null && headline.kind !== 'none');
      section.classList.toggle('clean', flagged.length === 0);
      const print = JSON.stringify(
        flagged.map((row) => [flagWords(row), row.label, row.sentence, row.verdict, row.origin]),
      );
      if (print === drawn) return;
      drawn = print;
      const items = flagged.slice(0, told).map(item);
      const more = flagged.length - told;
      if (more > 0) items.push(element('li', {}, `${whole(more)} more flagged in the table.`));
      list.replaceChildren(...items);
    },
  };
}

function item(row: Row): HTMLElement {
  const { flag, label, until, sentence, verdict, origin } = row;
  const looks = label === 'fraud' ? ', looks like fraud' : '';
  const what = flag
    ? [draw(flagIcon(flag)), element('strong', {}, `${flagWords(row)}${looks}${until === null ? '' : '; not now'}. `)]
    : [];
  return element(
    'li',
    {},
    ...what,
    sentence,
    ...(verdict ? [` ${verdict}`] : []),
    ...(origin ? [' ', element('strong', {}, origin)] : []),
  );
}

type Headline = NonNullable<TrafficState['headline']>;

function headlineText(
  flagged: readonly Row[],
  headline: TrafficState['headline'],
  channel: TrafficState['channel'],
): string {
  if (!headline || headline.kind === 'none') return 'No country stands out in the last 24 h';
  const isFraud = headline.kind === 'fraud';
  const meant = headlined(flagged).map(({ name }) => name);
  const who = meant.length <= 2 ? meant.join(' and ') : `${whole(headline.countries)} countries`;
  const many = channelWords[channel].many;
  if (headline.until !== null) {
    const when = `${stretchWords(headline.since, headline.until)}; not now`;
    return isFraud
      ? `${titled(many)} to ${who} looked like fraud ${when}`
      : `More ${many} than usual to ${who} ${when}`;
  }
  return isFraud
    ? `${titled(many)} to ${who} look like fraud`
    : `${who} ${meant.length === 1 ? 'needs' : 'need'} a look: more ${many} than usual, for a reason not known`;
}

/**
 * `5,120 messages more than usual since 20 Nov, 07:00 UTC. Cost in the last 24 h: 1,433.60 USD (estimated in part).` What began earlier is counted
 * in the last 24 hours alone, and says so.
 */
function lossText(headline: Headline, channel: TrafficState['channel']): string {
  const { excess, since, until, isOlder, countries, cost, costEstimated } = headline;
  const more = `${whole(excess)} ${channelWords[channel].many} more than usual`;
  const begun =
    until !== null
      ? ` ${stretchWords(since, until)}`
      : since === null
        ? ' in the last 24 h'
        : isOlder
          ? ` in the last 24 h; ${countries === 1 ? 'it' : 'the first of them'} began ${clockHour(since)} UTC`
          : ` since ${clockHour(since)} UTC`;
  const amount = cost.length === 0 ? 'not known yet' : moneysText(cost);
  return `${more}${begun}. Cost in the last 24 h: ${amount}${costEstimated ? ' (estimated in part)' : ''}.`;
}
