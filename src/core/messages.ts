import { count, finite, type Guard, list, nullable, oneOf, record, text } from './guard.ts';
import { type CountryOrBucket, isCountryOrBucket } from './traffic/country.ts';
import type { TrafficState } from './traffic/panelState.ts';

/** What the traffic panel's page may ask of the extension: intents, never commands. */
export interface ToHost {
  /** The page is loaded and wants the state. */
  readonly ready: Nothing;
  /** Show this country's hours. */
  readonly select: { readonly country: CountryOrBucket };
  readonly refresh: Nothing;
  /** Stop reading; what was read stays. */
  readonly cancel: Nothing;
  /** Count this account alone; `null`: all of them. */
  readonly setAccount: { readonly account: string | null };
  /** Count these hours. */
  readonly setSpan: { readonly span: 'day' | 'week' | 'incident' };
  /** Count the hours a person drew: epoch milliseconds, `to` excluded. */
  readonly brush: { readonly from: number; readonly to: number };
  /** Ask what to export. The answer is `draw`, unless the table is wanted. */
  readonly export: Nothing;
  /** The answer to `draw`: `data` is SVG as text, or PNG in base64. */
  readonly save: { readonly figure: Figure; readonly format: 'svg' | 'png'; readonly data: string };
  /** Put these pictures, SVG as text, into the open incident. */
  readonly addToRca: { readonly figures: readonly { readonly figure: Figure; readonly svg: string }[] };
}

/** The panel's pictures. */
export type Figure = 'map' | 'series' | 'heat';

/** What the extension tells the page: everything it shows, every time. */
export interface ToView {
  readonly state: TrafficState;
  /** Make this picture and send it with `save`. */
  readonly draw: { readonly figure: Figure; readonly format: 'svg' | 'png' };
}

export type Nothing = Readonly<Record<never, never>>;

/** A message of one of these types, as it is posted. */
export type Message<Types, Type extends keyof Types = keyof Types> = {
  readonly [T in Type]: { readonly type: T; readonly body: Types[T] };
}[Type];

/** One handler per type: a missing one does not compile. */
export type Handlers<Types> = { readonly [T in keyof Types]: (body: Types[T]) => void };

type Detail = NonNullable<TrafficState['selected']>;
type Guards<Types> = { readonly [T in keyof Types]: Guard<Types[T]> };

const nothing = record<Nothing>({});
/** In UTF-16 units; names and sentences as long as `untrusted` lets them be. */
const longest = {
  name: 1600,
  sentence: 2400,
  body: 8000,
  sid: 34,
  accounts: 100_000,
  countries: 400,
  hours: 168,
  picture: 16_000_000,
} as const;
const figure = oneOf('map', 'series', 'heat');
const hourly = list(finite, longest.hours);

const toHost: Guards<ToHost> = {
  ready: nothing,
  select: record<ToHost['select']>({ country: isCountryOrBucket }),
  refresh: nothing,
  cancel: nothing,
  setAccount: record<ToHost['setAccount']>({ account: nullable(text(longest.sid)) }),
  setSpan: record<ToHost['setSpan']>({ span: oneOf('day', 'week', 'incident') }),
  brush: record<ToHost['brush']>({ from: finite, to: finite }),
  save: record<ToHost['save']>({ figure, format: oneOf('svg', 'png'), data: text(longest.picture) }),
  export: nothing,
  addToRca: record<ToHost['addToRca']>({
    figures: list(record<ToHost['addToRca']['figures'][number]>({ figure, svg: text(longest.picture) }), 3),
  }),
};

const row = record<TrafficState['rows'][number]>({
  country: isCountryOrBucket,
  name: text(longest.name),
  flag: nullable(oneOf('never-seen', 'surging')),
  label: nullable(oneOf('fraud', 'review')),
  sentence: text(longest.sentence),
  verdict: text(longest.sentence),
  origin: text(longest.sentence),
  observed: count,
  expected: finite,
  excess: finite,
  blocked: count,
  delivered: count,
  unpriced: count,
  cost: list(record<TrafficState['rows'][number]['cost'][number]>({ currency: text(10), amount: finite }), 10),
  costEstimated: (value): value is boolean => typeof value === 'boolean',
  week: count,
});

const heatRow = record<TrafficState['heat'][number]>({
  country: isCountryOrBucket,
  name: text(longest.name),
  sent: hourly,
  above: list((value): value is 0 | 1 => value === 0 || value === 1, longest.hours),
});

const detail = record<Detail>({
  country: isCountryOrBucket,
  from: finite,
  sent: hourly,
  blocked: hourly,
  expected: hourly,
  lower: hourly,
  upper: hourly,
  ranges: list(
    record<Detail['ranges'][number]>({
      range: text(longest.name),
      messages: count,
      share: finite,
      before: nullable(finite),
    }),
    20,
  ),
  senders: list(
    record<Detail['senders'][number]>({
      sid: text(longest.sid),
      name: text(longest.name),
      messages: count,
      excess: finite,
    }),
    20,
  ),
  samples: list(
    record<Detail['samples'][number]>({
      at: finite,
      to: text(longest.name),
      from: text(longest.name),
      body: text(longest.body),
      outcome: text(longest.name),
    }),
    20,
  ),
});

const toView: Guards<ToView> = {
  draw: record<ToView['draw']>({ figure, format: oneOf('svg', 'png') }),
  state: record<TrafficState>({
    accounts: list(
      record<TrafficState['accounts'][number]>({ sid: text(longest.sid), name: text(longest.name) }),
      longest.accounts,
    ),
    account: nullable(text(longest.sid)),
    window: nullable(record<NonNullable<TrafficState['window']>>({ from: finite, to: finite })),
    span: nullable(
      record<NonNullable<TrafficState['span']>>({
        kind: oneOf('day', 'week', 'incident', 'brush'),
        from: finite,
        to: finite,
      }),
    ),
    spans: list(oneOf('day', 'week', 'incident'), 3),
    incident: nullable(record<NonNullable<TrafficState['incident']>>({ title: text(longest.name) })),
    reading: nullable(
      record<NonNullable<TrafficState['reading']>>({ rows: count, accountsDone: count, accounts: count }),
    ),
    failure: nullable(text(longest.sentence)),
    gaps: list(text(longest.sentence), longest.accounts),
    rows: list(row, longest.countries),
    heat: list(heatRow, longest.countries),
    selected: nullable(detail),
  }),
};

/** A message from the page; `undefined` when it is not exactly one of the known ones. */
export function parseToHost(value: unknown): Message<ToHost> | undefined {
  return parse(toHost, value);
}

/** A message from the extension; `undefined` when it is not exactly one of the known ones. */
export function parseToView(value: unknown): Message<ToView> | undefined {
  return parse(toView, value);
}

/** Hands a message to its handler. */
export function deliver<Types, Type extends keyof Types>(
  handlers: Handlers<Types>,
  message: Message<Types, Type>,
): void {
  handlers[message.type](message.body);
}

const envelope = record<{ type: string; body: unknown }>({
  type: text(40),
  body: (value): value is unknown => value !== undefined,
});

function parse<Types>(guards: Guards<Types>, value: unknown): Message<Types> | undefined {
  if (!envelope(value) || !isType(guards, value.type)) return undefined;
  const { type, body } = value;
  return guards[type](body) ? { type, body } : undefined;
}

function isType<Types>(guards: Guards<Types>, type: PropertyKey): type is keyof Types {
  return Object.hasOwn(guards, type);
}
