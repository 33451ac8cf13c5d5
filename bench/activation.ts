import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { runInHost } from '../scripts/harness/inHost.ts';
import { packageExtension } from '../scripts/package.ts';
import { root } from '../scripts/setup/toolchain.mjs';
import { viewContainer } from '../test/e2e/harnessUi.ts';
import { bundleForHost } from '../test/host/buildSuite.ts';
import { type Marks, marksLine, readyLine, subaccounts } from './activationProtocol.ts';

// How long the extension takes to load and activate, how large it is, and how long a person waits for the first rows of a large
// account. Each run is a new VS Code with a blank user; the numbers are medians.
const runs = 5;

interface Sample extends Marks {
  readonly firstRowsMs: number;
}

const vsixKb = statSync(await packageExtension()).size / 1024;
const testsPath = await bundleForHost(`export { run } from './bench/activationHost.ts';`, 'activation');
const samples: Sample[] = [];
for (let run = 1; run <= runs; run++) {
  const sample = await measure();
  samples.push(sample);
  const { loadMs, activateMs, firstRowsMs } = sample;
  console.log(`run ${run}: load ${ms(loadMs)}, activate ${ms(activateMs)}, first rows ${ms(firstRowsMs)}`);
}
const result = {
  activate_ms: median(samples.map(({ activateMs }) => activateMs)),
  load_ms: median(samples.map(({ loadMs }) => loadMs)),
  vsix_kb: round(vsixKb),
  first_rows_ms: median(samples.map(({ firstRowsMs }) => firstRowsMs)),
};
console.log(`activate() ${ms(result.activate_ms)}, loading its code ${ms(result.load_ms)} (medians of ${runs})`);
console.log(`package ${result.vsix_kb} KB`);
console.log(`click to first rows of ${subaccounts} subaccounts ${ms(result.first_rows_ms)} (median of ${runs})`);
console.log(`RESULT ${JSON.stringify(result)}`);

async function measure(): Promise<Sample> {
  const folder = mkdtempSync(path.join(tmpdir(), 'twilio-incident-bench-'));
  const done = path.join(folder, 'done');
  let marks: Marks | undefined;
  let firstRowsMs: number | undefined;
  let failure: unknown;
  const code = await runInHost({
    developmentPaths: [root],
    testsPath,
    env: { BENCH_DONE: done },
    onLine(line, kind, page) {
      if (line.startsWith(marksLine)) marks = JSON.parse(line.slice(marksLine.length));
      else if (line === readyLine)
        timeFirstRows(page)
          .then(
            (elapsed) => {
              firstRowsMs = elapsed;
            },
            (error: unknown) => {
              failure = error;
            },
          )
          .finally(() => writeFileSync(done, ''));
      else if (kind === 'error') console.error(line);
    },
  });
  rmSync(folder, { recursive: true, force: true });
  if (failure) throw failure;
  if (code !== 0 || !marks || firstRowsMs === undefined) throw new Error(`The bench could not be run (code ${code}).`);
  return { ...marks, firstRowsMs };
}

/** Milliseconds from the click on "Subaccounts" until rows below it are on the screen, by the page's own clock. */
async function timeFirstRows(page: Page): Promise<number> {
  await viewContainer(page, 'Twilio Incident').click();
  const heading = page.locator('.sidebar [role="treeitem"][aria-level="2"]', { hasText: 'Subaccounts' });
  const account = page.locator('.sidebar [role="treeitem"][aria-level="1"]').first();
  await account.waitFor();
  if ((await account.getAttribute('aria-expanded')) === 'false') await account.click();
  await heading.waitFor();
  const timed = page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        document.addEventListener(
          'pointerdown',
          () => {
            const start = performance.now();
            const look = (): void => {
              // Every row says how many siblings it has: a heading or an error alone is not the list.
              const row = document.querySelector('.sidebar [role="treeitem"][aria-level="3"]');
              if (Number(row?.getAttribute('aria-setsize')) >= wanted) resolve(performance.now() - start);
              else requestAnimationFrame(look);
            };
            look();
          },
          { capture: true, once: true },
        );
      }),
    subaccounts,
  );
  await heading.click();
  return timed;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function ms(value: number): string {
  return `${round(value)} ms`;
}
