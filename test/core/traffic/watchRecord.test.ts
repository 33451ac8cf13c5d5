import { expect, test } from 'vitest';
import { deletionEntry } from '../../../src/core/evidence/heldCaptures.ts';
import type { ChainRecord } from '../../../src/core/evidence/record.ts';
import { accountSid } from '../../../src/core/model/sid.ts';
import { journalEntries } from '../../../src/core/timeline/journalEntries.ts';
import { freshOnsets, type Onset, onsetEntry, onsetSentence, onsetsOf } from '../../../src/core/traffic/watchRecord.ts';
import { createDemoWorld, demoStory } from '../../../src/simulator/demo.ts';
import { now } from './fakeTwilio.ts';
import { worldReport } from './worldReport.ts';

const hour = 3_600_000;
const account = accountSid(`AC${'a'.repeat(32)}`) ?? demoStory.accounts.main;

function onset(fields: Partial<Onset> = {}): Onset {
  return {
    channel: 'sms',
    country: 'RU',
    account,
    label: 'fraud',
    from: now - 2 * hour,
    observed: 900,
    expected: 3.2,
    ...fields,
  };
}

/** A journal that tells these onsets. */
function journal(...onsets: readonly Onset[]): readonly ChainRecord[] {
  return onsets.map((one, at) => ({
    seq: at + 1,
    at: new Date(now).toISOString(),
    prev: '',
    hash: '',
    ...onsetEntry(one),
  }));
}

test('what the journal tells is not told again, an hour more or less; a later surge, another place and a graver label are', () => {
  const records = journal(onset(), onset({ country: 'UZ', label: 'review' }));
  expect(freshOnsets([onset(), onset({ from: now - 1 * hour }), onset({ from: now - 30 * hour })], records)).toEqual(
    [],
  );
  expect(freshOnsets([onset({ label: 'review' })], records)).toEqual([]);
  const fresh = [
    onset({ from: now + 11 * hour }),
    onset({ country: 'LV' }),
    onset({ channel: 'voice' }),
    onset({ account: demoStory.accounts.main }),
    onset({ country: 'UZ' }),
  ];
  expect(freshOnsets(fresh, records)).toEqual(fresh);
  expect(freshOnsets([onset()], [])).toEqual([onset()]);
});

test('after evidence was deleted what comes is told again, and not twice', () => {
  const told = journal(onset());
  const [one] = told;
  if (!one) throw new Error('no record');
  const deleted = { ...one, ...deletionEntry([]), seq: 2 };
  expect(freshOnsets([onset()], [...told, deleted])).toEqual([onset()]);
  expect(freshOnsets([onset()], [...told, deleted, { ...one, seq: 3 }])).toEqual([]);
});

test('one sentence tells all of them', () => {
  expect(onsetSentence([onset()])).toMatch(
    /^Live watch: traffic surges to Russia since .* UTC \(looks like fraud\)\.$/,
  );
  expect(onsetSentence([onset(), onset({ country: 'UZ', label: 'review' })])).toMatch(
    /to Russia and 1 more country since .* \(1 of 2 look like fraud\)\.$/,
  );
  expect(
    onsetSentence([
      onset({ label: 'review' }),
      onset({ country: 'UZ', label: 'review' }),
      onset({ country: 'LV', label: 'review' }),
    ]),
  ).toMatch(/and 2 more countries since .* \(volume alone, needs a look\)\.$/);
});

test('the demo’s attack is found, the gravest first', () => {
  const onsets = onsetsOf(worldReport(createDemoWorld({ now: () => now })));
  expect(onsets.map(({ channel, country, label }) => [channel, country, label])).toEqual([
    ['sms', demoStory.attackCountry, 'fraud'],
    ['sms', demoStory.secondCountry, 'fraud'],
  ]);
});

test('the timeline tells what a watch found, and survives a record that somebody wrote', () => {
  const [entry] = journalEntries(journal(onset()), []);
  expect(entry).toMatchObject({ kind: 'traffic', what: 'Live watch found a surge' });
  expect(entry?.about).toEqual(['Russia', '900 where 3 were expected', 'looks like fraud', 'AC…aaaa']);
  const broken = {
    seq: 1,
    at: new Date(now).toISOString(),
    prev: '',
    hash: '',
    type: 'traffic-onset',
    country: 7,
    observed: {},
  };
  expect(journalEntries([broken], [])).toHaveLength(1);
  expect(freshOnsets([onset()], [broken])).toEqual([onset()]);
});
