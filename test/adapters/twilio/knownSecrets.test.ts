import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createKnownSecrets } from '../../../src/adapters/twilio/knownSecrets.ts';
import { seeded } from './virtualClock.ts';

function knowing(secrets: readonly string[]) {
  const known = createKnownSecrets();
  for (const secret of secrets) known.add(secret);
  return known;
}

/** Any length around those that are looked for in different ways, from an alphabet small enough for look-alikes. */
const secret = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 8, maxLength: 70 }),
  fc.string({ unit: fc.constantFrom('0', '1', 'f', '='), minLength: 29, maxLength: 33 }),
);
const filler = fc.string({ unit: fc.constantFrom('a', 'b', '0', 'x', '"', '£', '😀'), maxLength: 40 });

describe('known secrets', () => {
  it('leave nothing of themselves, at whatever place and length, alone or one next to another', () => {
    fc.assert(
      fc.property(fc.array(secret, { minLength: 1, maxLength: 6 }), fc.array(filler, { maxLength: 7 }), (all, gaps) => {
        const text = all.map((one, at) => `${gaps[at] ?? ''}${one}`).join('') + (gaps[all.length] ?? '');
        const clean = knowing(all).blank(text);
        expect(clean).toContain('[removed]');
        for (const one of all) expect(clean).not.toContain(one);
      }),
      { numRuns: 1000 },
    );
  });

  it('change no text that holds none of them', () => {
    fc.assert(
      fc.property(fc.array(secret, { maxLength: 6 }), fc.string({ maxLength: 200, unit: 'binary' }), (all, text) => {
        fc.pre(all.every((one) => !text.includes(one)));
        expect(knowing(all).blank(text)).toBe(text);
      }),
    );
  });

  it('are blanked whole when one stands inside another', () => {
    const inner = 'c0ffee00'.repeat(4);
    expect(knowing([inner, `x${inner}y`]).blank(`<x${inner}y> <${inner}>`)).toBe('<[removed]> <[removed]>');
  });

  it('of the same beginning or end are told apart', () => {
    const [one, two] = ['a', 'b'].map((mark) => `${'0'.repeat(40)}${mark}${'1'.repeat(40)}`);
    const known = knowing([one ?? '', two ?? '']);
    expect(known.blank(`${one} ${two} ${'0'.repeat(40)}c${'1'.repeat(40)}`)).toBe(
      `[removed] [removed] ${'0'.repeat(40)}c${'1'.repeat(40)}`,
    );
  });

  it('are searched for in few of the texts of a page of 1,000 rows, however many they are', () => {
    const page = JSON.stringify(pageOfMessages());
    const texts = [...page.matchAll(/"((?:[^"\\\\]|\\\\.)*)"/g)].map(([, text]) => text ?? '');
    const searches = (secrets: readonly string[]) => {
      const known = knowing(secrets);
      let searched = 0;
      const original = String.prototype.replaceAll;
      const spy = vi.spyOn(String.prototype, 'replaceAll').mockImplementation(function (this: string, ...parts) {
        searched += 1;
        return original.apply(this, parts);
      });
      for (const text of texts) known.blank(text);
      spy.mockRestore();
      return searched;
    };
    expect(texts.length).toBeGreaterThan(10_000);
    // A row that has the beginning of a Basic authorization in it, as here all have, is looked through for nothing.
    expect(searches(spelled(hexWords(999)))).toBeLessThan(100);
    // The rows' own names, if they were secrets: each stands in three texts of its row.
    expect(searches(hexWords(1000))).toBeGreaterThanOrEqual(3000);
  });
});

/** As the transport knows them: bare, and with the user name of a Basic authorization in front. */
function spelled(tokens: readonly string[]): readonly string[] {
  return tokens.flatMap((one) => [one, basic(one)]);
}

function basic(secret: string): string {
  return Buffer.from(`AC${'1'.repeat(32)}:${secret}`).toString('base64');
}

function hexWords(count: number): readonly string[] {
  const random = seeded(count);
  const digit = () => Math.floor(random() * 16).toString(16);
  return Array.from({ length: count }, () => Array.from({ length: 32 }, digit).join(''));
}

/** About 1 MB, as `listMessages` answers with its largest page. */
function pageOfMessages() {
  const sids = hexWords(1000);
  return {
    messages: sids.map((hex, at) => ({
      sid: `SM${hex}`,
      account_sid: `AC${'1'.repeat(32)}`,
      to: `+23480300${at}`,
      status: basic('anonymous'),
      body: 'Your Acme code is 123456. Never share it with anybody, not even with us. It is valid for ten minutes.',
      date_sent: 'Sat, 21 Nov 2026 03:00:00 +0000',
      price: '-0.04500',
      error_code: null,
      uri: `/2010-04-01/Accounts/AC${'1'.repeat(32)}/Messages/SM${hex}.json`,
      subresource_uris: { media: `/2010-04-01/Accounts/AC${'1'.repeat(32)}/Messages/SM${hex}/Media.json` },
    })),
  };
}
