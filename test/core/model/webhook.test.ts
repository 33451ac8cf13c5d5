import { expect, test } from 'vitest';
import { hostOf } from '../../../src/core/model/webhook.ts';

test.each([
  ['https://hooks.acme.example/in?x=1', 'hooks.acme.example'],
  ['HTTP://Hooks.Acme.example:8443', 'hooks.acme.example'],
  ['https://hooks.acme.example.', 'hooks.acme.example'],
  ['https://good.example@evil.example/', 'evil.example'],
  ['https://user:secret@evil.example/', 'evil.example'],
  ['https://good.example@also-good.example@evil.example/', 'evil.example'],
  ['https://evil.example/@good.example', 'evil.example'],
  ['https://evil.example?@good.example', 'evil.example'],
  ['https://evil.example#@good.example', 'evil.example'],
  ['https://evil.example\\@good.example', 'evil.example'],
  ['https://[2001:db8::1]:8443/x', '[2001:db8::1]'],
])('the host of %s is %s', (url, host) => {
  expect(hostOf(url)).toBe(host);
  expect(new URL(url).hostname.replace(/\.$/, '')).toBe(host);
});

test.each(['', 'AP0123', 'ftp://acme.example', 'https://', undefined])('%j has no host', (url) => {
  expect(hostOf(url)).toBeUndefined();
});
