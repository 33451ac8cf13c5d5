import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killWriters, raceWriters } from '../adapters/evidence/writers.ts';

// Kills writers of journals at random moments, 1,000 of them unless told otherwise, and counts acknowledged records that are gone.
// Then lets four processes open the same journal at once, 200 times unless told otherwise: one may write, and when it is killed another within 5 s.
const kills = Number(process.argv[2] ?? 1000);
const rounds = Number(process.argv[3] ?? 200);
const lanes = 2;
const totals = { kills: 0, records: 0, lost: 0 };
await Promise.all(
  Array.from({ length: lanes }, async () => {
    while (totals.kills < kills) {
      const folder = await mkdtemp(path.join(tmpdir(), 'journal-soak-'));
      // A fresh journal now and then: reading a long one would take more time than the killing.
      const round = Math.min(25, kills - totals.kills);
      totals.kills += round;
      const { lost, records } = await killWriters(folder, round);
      totals.lost += lost;
      totals.records += records;
      await rm(folder, { recursive: true });
    }
  }),
);
const race = { rounds: 0, wrong: 0, takeover: 0, lost: 0 };
while (race.rounds < rounds) {
  const folder = await mkdtemp(path.join(tmpdir(), 'race-soak-'));
  const round = Math.min(25, rounds - race.rounds);
  const { wrong, takeover, lost } = await raceWriters(folder, round);
  race.rounds += round;
  race.wrong += wrong;
  race.takeover = Math.max(race.takeover, takeover);
  race.lost += lost;
  await rm(folder, { recursive: true });
}
console.log(`RESULT ${JSON.stringify({ ...totals, race })}`);
process.exitCode = totals.lost + race.wrong + race.lost === 0 && race.takeover <= 5000 ? 0 : 1;
