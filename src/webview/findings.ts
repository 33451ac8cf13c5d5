import type { TrafficState } from '../core/traffic/panelState.ts';
import { draw, element, setText } from './dom.ts';
import { whole } from './formats.ts';
import { flagIcon, flagText } from './marks/flagIcon.ts';

/** So many flagged countries are told in sentences; the others head the table. */
const told = 3;

export interface Findings {
  readonly element: HTMLElement;
  show(rows: TrafficState['rows']): void;
}

/** What stands out, in the sentences a manager would repeat. */
export function createFindings(): Findings {
  const title = element('h2', { id: 'findings' });
  const list = element('ul', {});
  const section = element('section', { class: 'findings', 'aria-labelledby': 'findings' }, title, list);
  return {
    element: section,
    show(rows) {
      const flagged = rows.filter(({ flag }) => flag !== null);
      setText(title, headline(flagged.length));
      const items = flagged
        .slice(0, told)
        .map(({ flag, label, sentence, verdict, origin }) =>
          element(
            'li',
            {},
            ...(flag ? [draw(flagIcon(flag)), element('strong', {}, `${flagText[flag]}${suspicion(label)}. `)] : []),
            sentence,
            ...(verdict ? [` ${verdict}`] : []),
            ...(origin ? [' ', element('strong', {}, origin)] : []),
          ),
        );
      const more = flagged.length - told;
      if (more > 0) items.push(element('li', {}, `${whole(more)} more flagged in the table.`));
      list.replaceChildren(...items);
      section.classList.toggle('clean', flagged.length === 0);
    },
  };
}

function suspicion(label: TrafficState['rows'][number]['label']): string {
  return label === 'fraud' ? ', looks like fraud' : '';
}

function headline(flagged: number): string {
  if (flagged === 0) return 'No country stands out in the last 24 h';
  return flagged === 1 ? '1 country needs a look' : `${whole(flagged)} countries need a look`;
}
