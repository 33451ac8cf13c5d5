import { currencyCode } from '../model/currency.ts';
import { instantOf, type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../model/json.ts';
import type { Checked, CheckedAddress } from './checked.ts';
import type { Extent, Phishing, Scope } from './scope.ts';

type Parts = Pick<Checked, 'scope' | 'addresses' | 'cited' | 'changed'>;

/** How far it goes, what it rests on and by which thresholds, as members of the journal's record. Times become ISO 8601. */
export function partsToJson({ scope, addresses, cited, changed }: Parts): JsonObject {
  return {
    ...(scope && { scope: scopeToJson(scope) }),
    addresses: addresses.map(({ first, last, ...rest }) => ({ ...rest, first: iso(first), last: iso(last) })),
    cited: cited.map(({ at, ...rest }) => ({ ...rest, ...(at !== undefined && { at: iso(at) }) })),
    changed: changed.map((each) => ({ ...each })),
  };
}

/** The same from a record that somebody else may have written: what is not understood is left out. */
export function partsFrom(record: JsonObject): Parts {
  const scope = scopeFrom(objectOf(record, 'scope'));
  return {
    ...(scope && { scope }),
    addresses: objectsOf(record, 'addresses').flatMap(addressFrom),
    cited: objectsOf(record, 'cited').flatMap((json) => {
      const [ref, sid, at] = [textOf(json, 'ref'), textOf(json, 'sid'), instantOf(json, 'at')];
      return ref === undefined ? [] : [{ ref, ...(sid !== undefined && { sid }), ...(at !== undefined && { at }) }];
    }),
    changed: objectsOf(record, 'changed').flatMap((json) => {
      const [name, value, usual] = [textOf(json, 'name'), numberOf(json, 'value'), numberOf(json, 'usual')];
      return name === undefined || value === undefined || usual === undefined ? [] : [{ name, value, usual }];
    }),
  };
}

const origins = ['new', 'known', 'unjudged'] as const;

function addressFrom(json: JsonObject): readonly CheckedAddress[] {
  const [ip, first, last] = [textOf(json, 'ip'), instantOf(json, 'first'), instantOf(json, 'last')];
  const origin = origins.find((known) => known === json['origin']);
  if (ip === undefined || origin === undefined || first === undefined || last === undefined) return [];
  const number = (key: string): number => numberOf(json, key) ?? 0;
  const counts = { events: number('events'), web: number('web'), api: number('api'), deeds: number('deeds') };
  return [{ ip, origin, first, last, ...counts }];
}

const kinds = ['messages', 'attempts', 'calls'] as const;

function scopeToJson({ accounts, currency, callCurrency, phishing, first, last }: Scope): JsonObject {
  return {
    accounts: accounts.map(({ account, ...extents }) => ({
      account,
      ...Object.fromEntries(kinds.map((kind) => [kind, { ...extents[kind] }])),
    })),
    currency,
    callCurrency,
    ...(phishing && { phishing: { ...phishing } }),
    ...(first !== undefined && { first: iso(first) }),
    ...(last !== undefined && { last: iso(last) }),
  };
}

function scopeFrom(json: JsonObject | undefined): Scope | undefined {
  if (!json) return undefined;
  const [first, last] = [instantOf(json, 'first'), instantOf(json, 'last')];
  const phishing = phishingFrom(objectOf(json, 'phishing'));
  return {
    accounts: objectsOf(json, 'accounts').flatMap((one) => {
      const account = textOf(one, 'account');
      const extent = (kind: (typeof kinds)[number]) => extentFrom(objectOf(one, kind) ?? {});
      return account === undefined
        ? []
        : [{ account, messages: extent('messages'), attempts: extent('attempts'), calls: extent('calls') }];
    }),
    currency: currencyCode(textOf(json, 'currency') ?? ''),
    callCurrency: currencyCode(textOf(json, 'callCurrency') ?? ''),
    ...(phishing && { phishing }),
    ...(first !== undefined && { first }),
    ...(last !== undefined && { last }),
  };
}

function phishingFrom(json: JsonObject | undefined): Phishing | undefined {
  if (!json) return undefined;
  const number = (key: keyof Phishing): number => Math.max(0, numberOf(json, key) ?? 0);
  const [messages, delivered] = [number('messages'), number('delivered')];
  return { messages, delivered, recipients: number('recipients'), reached: number('reached') };
}

function extentFrom(json: JsonObject): Extent {
  const number = (key: string): number => Math.max(0, numberOf(json, key) ?? 0);
  return {
    count: number('count'),
    found: number('found'),
    minutes: number('minutes'),
    cost: number('cost'),
    estimated: json['estimated'] === true,
    unpriced: number('unpriced'),
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
