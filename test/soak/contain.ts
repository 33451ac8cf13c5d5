import { leverCases } from '../core/contain/leverCases.ts';
import { type Killed, killLevers } from './containKills.ts';

// Kills processes that use levers, 1,000 times in 4 lanes unless told otherwise. What is recorded is held against the simulator's own log and world: changes
// without an intent, changes made twice, outcomes that are not so, tokens nobody kept.
const kills = Number(process.argv[2] ?? 1000);
const lanes = Math.min(Number(process.argv[3] ?? 4), kills);
const hear = ({ kills, changes, interrupted }: Killed) =>
  console.log(`${kills} killed in one of ${lanes} lanes: ${changes} changes, ${interrupted} interrupted`);
const found = await Promise.all(
  Array.from({ length: lanes }, (_, lane) => killLevers(Math.floor((kills + lane) / lanes), hear)),
);
const sum = (of: (one: Killed) => number) => found.reduce((total, one) => total + of(one), 0);
const result = {
  kills: sum((one) => one.kills),
  changes: sum((one) => one.changes),
  interrupted: sum((one) => one.interrupted),
  lost: sum((one) => one.lost),
  doubled: sum((one) => one.doubled),
  wrong: sum((one) => one.wrong),
  lockedOut: sum((one) => one.lockedOut),
  leversInterrupted: new Set(found.flatMap(({ levers }) => [...levers])).size,
  leversInAll: new Set(leverCases.map(({ action }) => action)).size,
};
console.log(`RESULT ${JSON.stringify(result)}`);
process.exitCode = result.lost + result.doubled + result.wrong + result.lockedOut === 0 ? 0 : 1;
