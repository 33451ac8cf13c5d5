import { expect, test } from 'vitest';
import { hostileTexts, hostileWorld } from './hostileWorld.ts';

const now = Date.parse('2026-11-21T14:23:05Z');

test('every hostile text is the name of an account, the body of a message and the description of an event', () => {
  const accounts = [...hostileWorld({ now: () => now }).accounts.values()];
  const seen = {
    names: new Set(accounts.map(({ friendlyName }) => friendlyName)),
    bodies: new Set(accounts.flatMap(({ messages }) => Array.from(messages.newestFirst(0, now), ({ body }) => body))),
    events: new Set(accounts.flatMap(({ events }) => events.map(({ description }) => description))),
  };
  for (const texts of Object.values(seen)) expect(hostileTexts.filter((text) => !texts.has(text))).toEqual([]);
});
