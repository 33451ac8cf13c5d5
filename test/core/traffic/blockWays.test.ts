import { describe, expect, it } from 'vitest';
import { actions } from '../../../src/core/registry.ts';
import { blockWays } from '../../../src/core/traffic/blockWays.ts';

const russia = { country: 'RU', name: 'Russia' } as const;
const range = '+7958111xxxx';

describe('blocking a country', () => {
  it.each([
    ['sms', 'closeSmsCountry'],
    ['voice', 'closeVoiceCountry'],
  ] as const)('is one plan for %s', (channel, action) => {
    expect(blockWays({ ...russia, channel })).toMatchObject([{ kind: 'action', action }]);
    expect(actions.some(({ id }) => id === action)).toBe(true);
  });

  it('is a rate limit and the Console for Verify, which has no API for countries', () => {
    const ways = blockWays({ ...russia, channel: 'verify' });
    expect(ways.map(({ kind }) => kind)).toEqual(['action', 'console']);
    expect(ways[0]).toMatchObject({ action: 'createVerifyLimit' });
    expect(ways[1]).toMatchObject({ path: expect.stringContaining('verify') });
  });

  it('is left to Support where the place is no country', () => {
    const ways = blockWays({ channel: 'voice', country: '001', name: 'International networks' });
    expect(ways.map(({ kind }) => kind)).toEqual(['text', 'command']);
  });
});

describe('blocking a range', () => {
  it.each(['sms', 'voice', 'verify'] as const)(
    'says that Twilio closes no range, and gives %s the prefix',
    (channel) => {
      const ways = blockWays({ ...russia, channel, range });
      if (channel !== 'verify')
        expect(ways[0]?.detail).toContain('Twilio closes no range by API: this stops all of Russia.');
      const text = ways.find((way) => way.kind === 'text');
      expect(text?.text).toContain(range);
      expect(ways.at(-1)).toMatchObject({ kind: 'command', command: 'createSupportPacket' });
    },
  );
});
