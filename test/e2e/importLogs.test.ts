import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openWorkbench, screenshot } from './harness.ts';
import { chooseFile, palette, viewContainer, webviewFrame } from './harnessUi.ts';

const hour = 3_600_000;

/** A BulkExport day file: seven quiet days in Germany, then a wave to a country never sent to. */
function exportedLog(newest: number): Buffer {
  const row = (index: number, at: number, to: string, code: number | null) => ({
    sid: `SM${index.toString(16).padStart(32, '0')}`,
    account_sid: `AC${'1'.repeat(32)}`,
    from: 'Northwind',
    to,
    body: '<img src=x onerror=alert(1)>',
    status: code === null ? 'delivered' : 'failed',
    direction: 'outbound-api',
    error_code: code,
    num_segments: 1,
    price: code === null ? '-0.05' : null,
    date_created: new Date(at).toISOString(),
    date_sent: new Date(at).toISOString(),
    date_updated: new Date(at).toISOString(),
  });
  const quiet = Array.from({ length: 400 }, (_, index) =>
    row(index, newest - 8 * 24 * hour + index * hour * 0.48, `+4915${1_000_0000 + index}`, null),
  );
  const wave = Array.from({ length: 300 }, (_, index) =>
    row(
      1000 + index,
      newest - index * 10_000,
      `+79581118${String(index).padStart(3, '0')}`,
      index % 3 === 0 ? 30450 : null,
    ),
  );
  return gzipSync([...quiet, ...wave, { nonsense: true }].map((one) => JSON.stringify(one)).join('\n'));
}

test('exported logs show their traffic without an account', async () => {
  const { page, workspace, consoleErrors } = await openWorkbench();
  const file = path.join(workspace, 'messages.json.gz');
  writeFileSync(file, exportedLog(Date.parse('2026-11-20T10:30:00Z')));
  await viewContainer(page, 'Twilio Incident').click({ timeout: 60_000 });
  await palette(page, 'Twilio Incident: Import Logs…');
  await chooseFile(page, file);
  const panel = await webviewFrame(page, 'text=/Never seen before/', 60_000);
  await panel.locator('text=/Russia: 300 messages in the last 24 h/').first().waitFor();
  expect(await panel.locator('text=/not understood|could not be understood/').count()).toBeGreaterThan(0);
  await screenshot(page, 'imported-logs');
  expect(consoleErrors.filter((text) => /Content Security Policy|Refused to/.test(text))).toEqual([]);
});
