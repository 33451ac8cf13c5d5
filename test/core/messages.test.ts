import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliver, type Handlers, parseToHost, parseToView, type ToHost } from '../../src/core/messages.ts';
import { attackState, emptyState } from '../webview/states.ts';

const legal = [
  { type: 'ready', body: {} },
  { type: 'select', body: { country: 'RU' } },
  { type: 'select', body: { country: '001' } },
  { type: 'refresh', body: {} },
  { type: 'cancel', body: {} },
  { type: 'readBefore', body: {} },
  { type: 'setAccount', body: { account: null } },
  { type: 'setAccount', body: { account: `AC${'1'.repeat(32)}` } },
  { type: 'setSpan', body: { span: 'week' } },
  { type: 'brush', body: { from: 0, to: 3_600_000 } },
  { type: 'export', body: {} },
  { type: 'setChannel', body: { channel: 'voice' } },
  { type: 'useWindow', body: { from: 0, to: 3_600_000 } },
  { type: 'blockCountry', body: { country: 'RU' } },
  { type: 'blockRange', body: { country: 'RU', range: '+7958111xxxx' } },
  { type: 'save', body: { figure: 'map', format: 'png', data: 'iVBORw0KGgo' } },
  { type: 'addToRca', body: { figures: [{ figure: 'heat', svg: '<svg/>' }] } },
] as const;

/** What a legal message to the host is, written down a second time and differently. */
function isLegal(value: unknown): boolean {
  const text = JSON.stringify(value) ?? '';
  return (
    /^\{"type":"(ready|refresh|readBefore|cancel|export)","body":\{\}\}$/.test(text) ||
    /^\{"type":"(select|blockCountry)","body":\{"country":"([A-Z]{2}|001|short-code|alphanumeric|unknown)"\}\}$/.test(
      text,
    ) ||
    /^\{"type":"setChannel","body":\{"channel":"(sms|voice|verify)"\}\}$/.test(text) ||
    /^\{"type":"setSpan","body":\{"span":"(day|week|incident)"\}\}$/.test(text) ||
    /^\{"type":"addToRca","body":\{"figures":\[\]\}\}$/.test(text) ||
    (/^\{"type":"setAccount","body":\{"account":(null|"([^"\\]|\\.)*")\}\}$/.test(text) && text.length < 500)
  );
}

/** Something a hostile page could post: values of any kind, and legal messages bent in one place. */
const hostile = fc.oneof(
  fc.anything({ withNullPrototype: true, withSet: true, withMap: true, withSparseArray: true, withDate: true }),
  fc.record({ type: fc.anything(), body: fc.anything() }),
  fc.record({
    type: fc.constantFrom(
      'ready',
      'select',
      'refresh',
      'cancel',
      'readBefore',
      'setAccount',
      'setSpan',
      'brush',
      'export',
      'save',
      'addToRca',
      'setChannel',
      'useWindow',
      'blockCountry',
      'blockRange',
      '__proto__',
      'constructor',
      'toString',
      'state',
    ),
    body: fc.oneof(
      fc.record({ country: fc.anything() }),
      fc.record({ account: fc.anything() }),
      fc.record({ span: fc.anything() }),
      fc.record({ figures: fc.array(fc.anything(), { minLength: 1 }) }),
      fc.record({ from: fc.anything(), to: fc.string() }),
      fc.record({ channel: fc.anything() }),
      fc.record({ country: fc.anything(), range: fc.anything() }),
      fc.record({ figure: fc.anything(), format: fc.anything(), data: fc.anything() }),
      fc.record({ country: fc.string(), extra: fc.anything() }),
      fc.anything(),
    ),
  }),
  fc
    .record({
      of: fc.constantFrom(...legal),
      key: fc.string({ minLength: 1 }),
      value: fc.anything(),
      inside: fc.boolean(),
    })
    .map(({ of, key, value, inside }) =>
      inside ? { ...of, body: { ...of.body, [`x${key}`]: value } } : { ...of, [`x${key}`]: value },
    ),
);

describe('messages to the host', () => {
  it('of every kind are understood', () => {
    for (const message of legal) expect(parseToHost(message)).toEqual(message);
  });

  it('that are malformed are refused, 10,000 of 10,000', () => {
    let refused = 0;
    fc.assert(
      fc.property(hostile, (value) => {
        const message = parseToHost(value);
        if (message === undefined) refused++;
        else expect(isLegal(value)).toBe(true);
      }),
      { numRuns: 10_000, seed: 20261122 },
    );
    expect(refused).toBeGreaterThan(9_500);
  });

  it.each([
    ['a prototype as own key', JSON.parse('{"type":"ready","body":{"__proto__":{"a":1}}}')],
    ['a prototype beside the body', JSON.parse('{"type":"ready","body":{},"__proto__":{}}')],
    ['a type that every object has', { type: 'constructor', body: {} }],
    ['a type of the other direction', { type: 'state', body: emptyState }],
    ['an inherited country', { type: 'select', body: Object.create({ country: 'RU' }) }],
    ['a symbol beside the country', { type: 'select', body: { country: 'RU', [Symbol('x')]: 1 } }],
    ['a method every object has', { type: 'select', body: { valueOf: 1 } }],
    ['a country that is none', { type: 'select', body: { country: 'Russia' } }],
    ['hours that are no number', { type: 'brush', body: { from: Number.NaN, to: 1 } }],
    ['a channel that does not exist', { type: 'setChannel', body: { channel: 'fax' } }],
    ['hours of no window', { type: 'useWindow', body: { from: 0, to: '1' } }],
    ['a country to block that is none', { type: 'blockCountry', body: { country: 'RUS' } }],
    ['a country to block and more', { type: 'blockCountry', body: { country: 'RU', confirmed: true } }],
    ['a range that is a command', { type: 'blockRange', body: { country: 'RU', range: '+7958111xxxx; rm' } }],
    ['a range that is a whole number', { type: 'blockRange', body: { country: 'RU', range: '+79581112233' } }],
    ['a range without a country', { type: 'blockRange', body: { range: '+7958111xxxx' } }],
    ['a range that never ends', { type: 'blockRange', body: { country: 'RU', range: `+${'7'.repeat(40)}xxxx` } }],
    ['a span that does not exist', { type: 'setSpan', body: { span: 'year' } }],
    ['a picture of another kind', { type: 'save', body: { figure: 'map', format: 'html', data: '' } }],
    [
      'a picture that never ends',
      { type: 'save', body: { figure: 'map', format: 'svg', data: 'A'.repeat(16_000_001) } },
    ],
    [
      'more pictures than there are',
      { type: 'addToRca', body: { figures: Array(4).fill({ figure: 'map', svg: '' }) } },
    ],
    ['a number for an account', { type: 'setAccount', body: { account: 7 } }],
    ['an account that never ends', { type: 'setAccount', body: { account: 'A'.repeat(10_000) } }],
    ['no body', { type: 'ready' }],
    ['a list', ['ready', {}]],
    ['text', 'ready'],
    ['nothing', undefined],
  ])('with %s are refused', (_, value) => {
    expect(parseToHost(value)).toBeUndefined();
  });

  it('reach the one handler of their type', () => {
    const got: unknown[] = [];
    const note = (type: string) => (body: unknown) => void got.push({ type, body });
    const handlers: Handlers<ToHost> = {
      ready: note('ready'),
      select: note('select'),
      refresh: note('refresh'),
      cancel: note('cancel'),
      readBefore: note('readBefore'),
      setAccount: note('setAccount'),
      setSpan: note('setSpan'),
      brush: note('brush'),
      setChannel: note('setChannel'),
      useWindow: note('useWindow'),
      blockCountry: note('blockCountry'),
      blockRange: note('blockRange'),
      export: note('export'),
      save: note('save'),
      addToRca: note('addToRca'),
    };
    for (const message of legal) deliver(handlers, message);
    expect(got).toEqual(legal);
    // @ts-expect-error: a handler is missing, so this must not compile.
    const incomplete: Handlers<ToHost> = { ready: note('ready') };
    expect(incomplete).toBeDefined();
  });
});

describe('messages to the page', () => {
  it('carry a whole state', () => {
    for (const body of [emptyState, attackState()])
      expect(parseToView({ type: 'state', body })).toEqual({ type: 'state', body });
  });

  it('are refused when one thing anywhere in the state is missing, extra or of another kind', () => {
    const body: unknown = structuredClone(attackState(2));
    let broken = 0;
    const breakEach = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const key of Object.keys(node)) {
        const was: unknown = Reflect.get(node, key);
        for (const wrong of [undefined, Symbol('x'), [[]], Number.NaN]) {
          Reflect.set(node, key, wrong);
          expect(parseToView({ type: 'state', body }), `${path}.${key}`).toBeUndefined();
          broken++;
        }
        Reflect.set(node, key, was);
        breakEach(was, `${path}.${key}`);
      }
      if (!Array.isArray(node)) {
        Reflect.set(node, 'extra', 1);
        expect(parseToView({ type: 'state', body }), `${path}.extra`).toBeUndefined();
        Reflect.deleteProperty(node, 'extra');
      }
    };
    breakEach(body, 'state');
    expect(parseToView({ type: 'state', body })).toBeDefined();
    expect(broken).toBeGreaterThan(2_000);
  });
});
