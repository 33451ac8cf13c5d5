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
}

/** What the extension tells the page: everything it shows, every time. */
export interface ToView {
  readonly state: TrafficState;
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
/** In UTF-16 units; names and sentences as long as `untrusted` lets them be. */
const longest = { name: 1600, sentence: 2400, sid: 34, accounts: 100_000, countries: 400, hours: 168 } as const;
const hourly = list(finite, longest.hours);

const toHost: Guards<ToHost> = {
  ready: nothing,
  select: record<ToHost['select']>({ country: isCountryOrBucket }),
  refresh: nothing,
  cancel: nothing,
  setAccount: record<ToHost['setAccount']>({ account: nullable(text(longest.sid)) }),
};

const row = record<TrafficState['rows'][number]>({
  country: isCountryOrBucket,
  name: text(longest.name),
  flag: nullable(oneOf('never-seen', 'surging')),
  sentence: text(longest.sentence),
  observed: count,
  expected: finite,
  excess: finite,
  blocked: count,
  delivered: count,
  unpriced: count,
  cost: list(record<TrafficState['rows'][number]['cost'][number]>({ currency: text(10), amount: finite }), 10),
  week: count,
});

const toView: Guards<ToView> = {
  state: record<TrafficState>({
    accounts: list(
      record<TrafficState['accounts'][number]>({ sid: text(longest.sid), name: text(longest.name) }),
      longest.accounts,
    ),
    account: nullable(text(longest.sid)),
    window: nullable(record<NonNullable<TrafficState['window']>>({ from: finite, to: finite })),
    reading: nullable(
      record<NonNullable<TrafficState['reading']>>({ rows: count, accountsDone: count, accounts: count }),
    ),
    failure: nullable(text(longest.sentence)),
    gaps: list(text(longest.sentence), longest.accounts),
    rows: list(row, longest.countries),
    selected: nullable(
      record<NonNullable<TrafficState['selected']>>({
        country: isCountryOrBucket,
        from: finite,
        sent: hourly,
        blocked: hourly,
        expected: hourly,
      }),
    ),
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
