import { rmSync } from 'node:fs';
import { copyOfTheTree, sabotages, tried } from './sabotages.ts';

// Breaks a copy of the sources in each of six ways: a named test that passes on the sources as they are must fail then.
const copy = copyOfTheTree();
const missed: string[] = [];
try {
  for (const sabotage of sabotages) {
    const { whole, spoilt } = tried(sabotage, copy);
    const found = whole === 'passed' && spoilt === 'failed';
    console.log(
      `${found ? 'found ' : 'MISSED'} ${sabotage.name}: “${sabotage.test.name}” ${whole} before, ${spoilt} then`,
    );
    if (!found) missed.push(sabotage.name);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`RESULT ${JSON.stringify({ sabotages: sabotages.length, found: sabotages.length - missed.length })}`);
process.exitCode = missed.length === 0 ? 0 : 1;
