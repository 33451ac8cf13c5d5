import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import { twilioNow } from '../../../src/core/evidence/twilioNow.ts';
import type { Page } from '../../../src/core/ports.ts';
import { proof } from '../fakeTwilio.ts';
import { main, now } from './collect/fakes.ts';

const clock = { now: () => now };
const answering = (answer: () => Partial<Page>) => ({
  page: async (): Promise<Page> => ({ status: 200, body: {}, proof, items: [], ...answer() }),
});

describe('now', () => {
  it('is Twilio’s where this computer’s clock is ahead of it, and this computer’s where they agree or it is behind', async () => {
    const at = (serverTime: number) =>
      twilioNow(
        answering(() => ({ serverTime })),
        main,
        clock,
      );
    expect(await at(now - 37_000)).toBe(now - 37_000);
    expect(await at(now - 1999)).toBe(now);
    expect(await at(now + 37_000)).toBe(now);
  });

  it('is this computer’s where Twilio does not say', async () => {
    expect(
      await twilioNow(
        answering(() => ({})),
        main,
        clock,
      ),
    ).toBe(now);
    const refusing = answering(() => {
      throw new UserError('not-permitted', 'The key may not do that.');
    });
    expect(await twilioNow(refusing, main, clock)).toBe(now);
  });
});
