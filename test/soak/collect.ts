import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { killCollectors } from '../adapters/evidence/collectors.ts';
import { killPulls } from '../adapters/evidence/killedPulls.ts';
import { memoryToPull } from '../adapters/evidence/pullMemory.ts';
import { setup as buildWorkers } from '../threads/buildWorkers.ts';

// Kills collectors of evidence at random moments, 1,000 of them unless told otherwise, and counts acknowledged slices that are gone,
// recorded files that are not whole, and rows that should not be there.
// Then it does the same to whole collections from a simulated Twilio over HTTP, 1,000 times or `--kills N`, resumed until each is complete, and holds
// what is captured against the simulator's own messages.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kills: { type: 'string', default: '1000' }, messages: { type: 'string', default: '1000000' } },
});
const kills = Number(positionals[0] ?? 1000);
await buildWorkers();
const lanes = 2;
const totals = { kills: 0, slices: 0, lost: 0, damaged: 0, wrong: 0 };
await Promise.all(
  Array.from({ length: lanes }, async () => {
    while (totals.kills < kills) {
      const folder = await mkdtemp(path.join(tmpdir(), 'collect-soak-'));
      // A fresh incident now and then: reading a large one would take more time than the killing.
      const round = Math.min(25, kills - totals.kills);
      totals.kills += round;
      const { slices, lost, damaged, wrong } = await killCollectors(folder, round);
      totals.slices += slices;
      totals.lost += lost;
      totals.damaged += damaged;
      totals.wrong += wrong;
      await rm(folder, { recursive: true });
    }
  }),
);
const pulls = { kills: 0, midway: 0, ended: 0, lost: 0, doubled: 0, untrue: 0 };
await Promise.all(
  Array.from({ length: lanes }, async (_, lane) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'pull-soak-'));
    const own = await killPulls(folder, Math.floor((Number(values.kills) + lane) / lanes));
    for (const figure of Object.keys(pulls) as (keyof typeof pulls)[]) pulls[figure] += own[figure];
    await rm(folder, { recursive: true });
  }),
);
const folder = await mkdtemp(path.join(tmpdir(), 'memory-soak-'));
const grew_mb = Math.round(await memoryToPull(folder, Number(values.messages)));
await rm(folder, { recursive: true });
console.log(`RESULT ${JSON.stringify({ ...totals, pulls, messages: Number(values.messages), grew_mb })}`);
const bad = totals.lost + totals.damaged + totals.wrong + pulls.lost + pulls.doubled + pulls.untrue;
// Kills that all came too early or too late would prove nothing.
process.exitCode = bad === 0 && grew_mb <= 300 && (pulls.kills < 20 || pulls.midway > 0) ? 0 : 1;
