import { callPrice } from '../../src/simulator/generate/calls.ts';
import { byApi, inConsole, newEvent } from '../../src/simulator/generate/events.ts';
import { inboundMessage } from '../../src/simulator/generate/messageRows.ts';
import { hourMs } from '../../src/simulator/generate/rhythm.ts';
import { stagedAccount } from '../../src/simulator/generate/staged.ts';
import type { Incident } from '../../src/simulator/incidents/incident.ts';
import { createWave, surgeRate } from '../../src/simulator/incidents/wave.ts';
import { waveLayer } from '../../src/simulator/incidents/waveLayer.ts';
import { below, hash32, pick, stream } from '../../src/simulator/random.ts';
import type { SimCall } from '../../src/simulator/world.ts';

// Innocent things that look like a sign of the guide. Labels are of no use here: the bench judges whole worlds.

const dayMs = 24 * hourMs;
const user = { sid: 'US5d2c1f5e9a7c4b1f8e6d3a2b1c0d9e8f', name: 'dana@example.com' };

function lookAlike(layOver: (stage: Parameters<Incident['layOver']>[0]) => void): Incident {
  return {
    type: 'holiday',
    layOver: (stage) => {
      layOver(stage);
      return [];
    },
  };
}

/** A colleague signs in from a hotel, and does nothing else. */
export function journey(now: number): Incident {
  return lookAlike(({ accounts, seed }) => {
    const by = { ...inConsole({ ...user, ip: '198.51.100.201' }), resourceSid: user.sid };
    for (const days of [3, 2, 1])
      accounts[0]?.account.events.push(
        newEvent(stream(seed, 'journey', days), {
          ...by,
          at: now - days * dayMs,
          type: 'user-session.created',
          description: `User ${user.name} signed in`,
        }),
      );
  });
}

/** Whoever signs in most makes a key, deletes an old one and rotates the Auth Token, from where they always sit. */
export function keyRotation(now: number): Incident {
  return lookAlike(({ accounts, seed }) => {
    const account = accounts[0]?.account;
    const [known] =
      account?.events.filter(({ type, source }) => type === 'user-session.created' && source === 'web') ?? [];
    if (!account || !known) throw new RangeError('Nobody ever signed in.');
    const by = { actorSid: known.actorSid ?? user.sid, actorType: 'user', source: 'web', ip: known.ip } as const;
    const deeds = [
      'account-api-keys.created',
      'account-api-keys.deleted',
      'account-auth-token.secondary-created',
      'account-auth-token.promoted',
    ];
    for (const [i, type] of deeds.entries())
      account.events.push(
        newEvent(stream(seed, 'rotation', i), {
          ...by,
          at: now - 20 * hourMs + i * 600_000,
          type,
          description: 'Yearly rotation',
          resourceSid: account.sid,
        }),
      );
  });
}

/** A build server that comes from another address every day and renames a number each time. */
export function buildServers(now: number): Incident {
  return lookAlike(({ accounts, seed }) => {
    const account = accounts[0]?.account;
    for (let days = 29; days >= 0; days--)
      account?.events.push(
        newEvent(stream(seed, 'build', days), {
          ...byApi(account.sid, `198.51.100.${100 + days}`),
          at: now - days * dayMs - hourMs,
          type: 'phone-number.updated',
          description: 'friendly_name changed',
          resourceSid: account.sid,
        }),
      );
  });
}

export interface Spell {
  /** Position of the account: 0 is the main account. */
  readonly account: number;
  /** Epoch milliseconds. */
  readonly start: number;
  readonly end: number;
  readonly perHour: number;
}

/** A clinic reminds known customers of their appointments by calls of half a minute, in the afternoon. */
export function reminderCalls({ account: position, start, end, perHour }: Spell): Incident {
  return lookAlike((stage) => {
    const staged = stagedAccount(stage, position);
    const key = hash32(staged.key, 'reminders', start);
    const numbers = staged.account.numbers.map(({ phoneNumber }) => phoneNumber);
    const wave = createWave({ key, start, end, rate: surgeRate(key, start, end, perHour, hourMs / 4) });
    staged.calls.layers.push(
      waveLayer(wave, key, ({ sid, at, random }): SimCall => {
        const duration = 20 + below(random, 40);
        const to = `+1202555${String(below(random, 10_000)).padStart(4, '0')}`;
        const common = {
          sid,
          at,
          from: pick(random, numbers),
          to,
          direction: 'outbound-api',
          status: 'completed',
        } as const;
        return { ...common, duration, price: callPrice(duration, 0.014) };
      }),
    );
  });
}

/** Answers to a newsletter: some recipients want no more of them. */
export function unsubscribes({ account: position, start, end, perHour }: Spell): Incident {
  return lookAlike((stage) => {
    const staged = stagedAccount(stage, position);
    const key = hash32(staged.key, 'unsubscribes', start);
    const to = staged.account.numbers[0]?.phoneNumber ?? '+15005550006';
    const wave = createWave({ key, start, end, rate: surgeRate(key, start, end, perHour, hourMs / 4) });
    staged.messages.layers.push(
      waveLayer(wave, key, ({ sid, at, random }) =>
        inboundMessage({
          sid,
          at,
          from: `+447700${900_000 + below(random, 99_000)}`,
          to,
          body: pick(random, ['STOP', 'Stop']),
        }),
      ),
    );
  });
}
