import { crashEverywhere, everyRemains, noCrashes } from '../adapters/crashMatrix.ts';
import { syncedIntents } from '../adapters/syncedIntents.ts';
import { fatedRuns } from '../core/contain/countryFates.ts';
import { driftedPlans } from '../core/contain/drift.ts';
import { dryRuns } from '../core/contain/dryRuns.ts';
import { fuzzedPlans } from '../core/contain/fuzzedPlans.ts';
import { leverCases } from '../core/contain/leverCases.ts';
import { suspendRuns } from '../core/contain/suspendRuns.ts';
import { undoRuns } from '../core/contain/undoRuns.ts';
import { captureTimes } from './containCaptures.ts';
import { raceWindows } from './containRaces.ts';

// What the unit tests show with a few runs, with as many as it takes to believe it. Told: which proofs, all unless told.
const proofs: Readonly<Record<string, () => Promise<{ readonly figures: object; readonly wrong: number }>>> = {
  async drift() {
    const figures = await driftedPlans(10_000);
    return { figures, wrong: figures.onDrift + figures.needless };
  },
  async dryRun() {
    const figures = await dryRuns(5000);
    return { figures, wrong: figures.changed + figures.unlike };
  },
  async synced() {
    const figures = await syncedIntents(10_000);
    return { figures, wrong: figures.early };
  },
  async crashes() {
    const figures = noCrashes();
    for (const one of leverCases) await crashEverywhere(one, figures, { remains: everyRemains, deep: true });
    return { figures, wrong: figures.lost + figures.doubled + figures.wrong + figures.broken };
  },
  async races() {
    const figures = await raceWindows(200);
    return { figures, wrong: figures.doubled + figures.missing + figures.wrong };
  },
  async countries() {
    const figures = await fatedRuns(1000);
    return { figures, wrong: figures.untrue + figures.uncounted };
  },
  async fuzzed() {
    const figures = await fuzzedPlans(100_000);
    return { figures, wrong: figures.forbidden };
  },
  async suspend() {
    const figures = await suspendRuns(2000);
    return { figures, wrong: figures.live + figures.unordered };
  },
  // How long it takes depends on the machine too, so that it is told and not judged.
  async captures() {
    return { figures: await captureTimes(40), wrong: 0 };
  },
  async undo() {
    const figures = await undoRuns(10_000);
    return { figures, wrong: figures.unequal + figures.unreal + figures.overwriting };
  },
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(proofs);
let wrong = 0;
for (const name of names) {
  const proof = proofs[name];
  if (!proof) throw new Error(`there is no proof ${name}: ${Object.keys(proofs).join(', ')}`);
  const from = performance.now();
  const result = await proof();
  wrong += result.wrong;
  console.log(
    `RESULT ${JSON.stringify({ proof: name, seconds: Math.round((performance.now() - from) / 1000), ...result.figures })}`,
  );
}
process.exitCode = wrong === 0 ? 0 : 1;
