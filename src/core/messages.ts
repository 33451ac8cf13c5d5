import { finite, type Guard, list, nullable, oneOf, record, text } from './guard.ts';
import { type Channel, channels } from './traffic/channel.ts';
import { type CountryOrBucket, isCountryOrBucket } from './traffic/country.ts';
import type { TrafficState } from './traffic/panelState.ts';
import { isTrafficState } from './traffic/stateGuard.ts';

/** What the traffic panel's page may ask of the extension: intents, never commands. */
export interface ToHost {
  /** The page is loaded and wants the state. */
  readonly ready: Nothing;
  /** Show this country's hours. */
  readonly select: { readonly country: CountryOrBucket };
  readonly refresh: Nothing;
  /** Read the days before, so that the detector can judge. */
  readonly readBefore: Nothing;
  /** Stop reading; what was read stays. */
  readonly cancel: Nothing;
  /** Count this account alone; `null`: all of them. */
  readonly setAccount: { readonly account: string | null };
  /** Count messages, calls or Verify attempts; what was not read yet is read. */
  readonly setChannel: { readonly channel: Channel };
  /** Count these hours. */
  readonly setSpan: { readonly span: 'day' | 'week' | 'incident' };
  /** Count the hours a person drew: epoch milliseconds, `to` excluded. */
  readonly brush: { readonly from: number; readonly to: number };
  /** Make these hours the incident's window, once the person confirms it. */
  readonly useWindow: { readonly from: number; readonly to: number };
  /** Plan what stops the channel's traffic to this country. */
  readonly blockCountry: { readonly country: CountryOrBucket };
  /** The same of a range in it, `+7958111xxxx`. */
  readonly blockRange: { readonly country: CountryOrBucket; readonly range: string };
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

type Guards<Types> = { readonly [T in keyof Types]: Guard<Types[T]> };

const nothing = record<Nothing>({});
/** A block of 10,000 numbers, as `rangeOf` writes it. */
const isRange: Guard<string> = (value): value is string => typeof value === 'string' && /^\+\d{1,11}x{4}$/.test(value);
/** In UTF-16 units. */
const longest = { sid: 34, picture: 16_000_000 } as const;
const figure = oneOf('map', 'series', 'heat');
const toHost: Guards<ToHost> = {
  ready: nothing,
  select: record<ToHost['select']>({ country: isCountryOrBucket }),
  refresh: nothing,
  readBefore: nothing,
  cancel: nothing,
  setAccount: record<ToHost['setAccount']>({ account: nullable(text(longest.sid)) }),
  setSpan: record<ToHost['setSpan']>({ span: oneOf('day', 'week', 'incident') }),
  brush: record<ToHost['brush']>({ from: finite, to: finite }),
  setChannel: record<ToHost['setChannel']>({ channel: oneOf(...channels) }),
  useWindow: record<ToHost['useWindow']>({ from: finite, to: finite }),
  blockCountry: record<ToHost['blockCountry']>({ country: isCountryOrBucket }),
  blockRange: record<ToHost['blockRange']>({ country: isCountryOrBucket, range: isRange }),
  save: record<ToHost['save']>({ figure, format: oneOf('svg', 'png'), data: text(longest.picture) }),
  export: nothing,
  addToRca: record<ToHost['addToRca']>({
    figures: list(record<ToHost['addToRca']['figures'][number]>({ figure, svg: text(longest.picture) }), 3),
  }),
};

const toView: Guards<ToView> = {
  draw: record<ToView['draw']>({ figure, format: oneOf('svg', 'png') }),
  state: isTrafficState,
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
