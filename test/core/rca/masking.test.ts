import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { expect, test } from 'vitest';
import { toMarkdown } from '../../../src/adapters/markdown.ts';
import { createRca } from '../../../src/core/rca/createRca.ts';
import { lint } from '../../../src/core/rca/lint.ts';
import { createSupportPacket } from '../../../src/core/rca/supportPacket.ts';
import { hostileFacts } from './facts.ts';

const numbers = getCountries().flatMap((country) => getExampleNumber(country, examples) ?? []);

test('no whole phone number of any region is in an RCA or a support packet, however it is written', () => {
  expect(numbers.length).toBeGreaterThan(230);
  const written = numbers.flatMap((one) => [
    one.number,
    one.formatInternational(),
    `whatsapp:${one.number}`,
    `call ${one.number}!`,
  ]);
  let used = 0;
  const texts: string[] = [];
  while (used < written.length) {
    const facts = hostileFacts(() => written[used++ % written.length] ?? '');
    texts.push(toMarkdown(createRca(facts)), toMarkdown(createSupportPacket(facts, [])));
  }
  const text = texts.join('\n');
  const digits = text.replaceAll(/[ ().-]/g, '');
  expect(numbers.filter(({ number }) => digits.includes(number.slice(1)))).toEqual([]);
  expect(lint(text).filter(({ code }) => code === 'unmasked-number')).toEqual([]);
  // They are there, so that there was something to mask.
  expect(text.match(/XXXX/g)?.length).toBeGreaterThan(written.length / 2);
});
