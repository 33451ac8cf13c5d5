import { type Channel, channelWords, titled } from '../core/traffic/channel.ts';
import type { CountryOrBucket } from '../core/traffic/country.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { element, setText, watchWidth } from './dom.ts';
import { createDrawing } from './drawing.ts';
import { whole } from './formats.ts';
import { legend } from './legend.ts';
import { type MapCountry, mapAspect, worldMap } from './marks/worldMap.ts';
import { spanWords } from './spanText.ts';

type Row = TrafficState['rows'][number];

export interface MapView {
  readonly element: HTMLElement;
  show(state: TrafficState): void;
}

/** Letters of a country are shown on the map; buckets such as short codes are not places. */
const place = /^[A-Z]{2}$/;

/** The world. A click selects a country; the arrow keys go through them in the table's order. */
export function createMapView(onSelect: (country: CountryOrBucket) => void): MapView {
  const picture = element('div', {
    class: 'world',
    tabindex: '0',
    role: 'img',
    'aria-describedby': 'map-keys',
  });
  const elsewhere = element('p', { class: 'elsewhere' });
  const keys = element('p', { class: 'spoken', id: 'map-keys' }, 'Arrow keys select the next or previous country.');
  const title = element('h2', { id: 'world' });
  const counted = element('span');
  const section = element(
    'section',
    { class: 'map', 'aria-labelledby': 'world' },
    title,
    picture,
    legend(['flagged-land', 'Flagged'], ['excess', 'Excess, by area'], ['busy', counted]),
    elsewhere,
    keys,
  );
  let countries: readonly MapCountry[] = [];
  let chosen: string | undefined;
  const drawing = createDrawing();
  picture.append(drawing.element);
  let drawn = '';

  function render(): void {
    const width = widthOf();
    const print = JSON.stringify([width, countries]);
    if (width > 0 && print !== drawn) {
      drawn = print;
      const height = Math.round(width * mapAspect);
      const attributes = { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' };
      drawing.show({ tag: 'svg', attributes, children: worldMap(countries, undefined, width) });
    }
    // A selection only changes an outline.
    for (const one of picture.querySelectorAll('[data-country]'))
      one.classList.toggle('selected', one.getAttribute('data-country') === chosen);
  }
  function select(id: string | null | undefined): void {
    const found = countries.find((country) => country.id === id);
    if (found && isPlace(found.id) && found.id !== chosen) onSelect(found.id);
  }
  picture.addEventListener('click', ({ target }) => {
    if (target instanceof Element) select(target.closest('[data-country]')?.getAttribute('data-country'));
  });
  picture.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = countries.findIndex(({ id }) => id === chosen);
    select(countries[Math.max(0, Math.min(countries.length - 1, at + step))]?.id);
  });
  const widthOf = watchWidth(picture, render);

  return {
    element: section,
    show({ rows, selected, span, channel }) {
      const many = titled(channelWords[channel].many);
      countries = mapCountries(rows);
      chosen = selected?.country;
      setText(title, `Where ${channelWords[channel].many} went: ${spanWords(span)}`);
      setText(counted, `${many}, few to many`);
      picture.setAttribute('aria-label', describeMap(countries, channel));
      setText(elsewhere, elsewhereText(rows));
      render();
    },
  };
}

export function mapCountries(rows: readonly Row[]): readonly MapCountry[] {
  return rows
    .filter(({ country, observed, flag }) => place.test(country) && (observed > 0 || flag !== null))
    .map(({ country, name, observed, excess, flag, sentence }) => ({
      id: country,
      name,
      observed,
      excess,
      flagged: flag !== null,
      sentence,
    }));
}

/** What the map shows, for somebody who does not see it. */
export function describeMap(countries: readonly MapCountry[], channel: Channel = 'sms'): string {
  const flagged = countries.filter((country) => country.flagged);
  const told = flagged
    .slice(0, 6)
    .map(({ name, excess }) => `${name} ${whole(Math.max(0, excess))} above what was expected`);
  const what = `World map: ${whole(countries.length)} countries with ${channelWords[channel].many}.`;
  return flagged.length === 0 ? `${what} None is flagged.` : `${what} Flagged: ${told.join(', ')}.`;
}

function elsewhereText(rows: readonly Row[]): string {
  const others = rows.filter(({ country, observed }) => !place.test(country) && observed > 0);
  if (others.length === 0) return '';
  return `Not on the map: ${others.map(({ name, observed }) => `${name} ${whole(observed)}`).join(', ')}.`;
}

function isPlace(id: string): id is Extract<CountryOrBucket, `${string}`> {
  return place.test(id);
}
