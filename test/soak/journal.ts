import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killWriters } from '../adapters/evidence/writers.ts';

// Kills writers of journals at random moments, 1,000 of them unless told otherwise, and counts acknowledged records that are gone.
const kills = Number(process.argv[2] ?? 1000);
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
console.log(`RESULT ${JSON.stringify(totals)}`);
process.exitCode = totals.lost === 0 ? 0 : 1;
