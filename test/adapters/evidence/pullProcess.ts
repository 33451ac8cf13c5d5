import { createEvidenceStore } from '../../../src/adapters/evidence/evidenceStore.ts';
import { createIncidentStore } from '../../../src/adapters/evidence/incidentStore.ts';
import { createTwilio } from '../../../src/adapters/twilio/createTwilio.ts';
import { delay } from '../../../src/adapters/twilio/delay.ts';
import { collectEvidence } from '../../../src/core/evidence/collect/collectEvidence.ts';
import { heldCaptures } from '../../../src/core/evidence/heldCaptures.ts';
import { calls } from '../../../src/core/evidence/sources/calls.ts';
import { messages } from '../../../src/core/evidence/sources/messages.ts';
import { mainSid } from '../../simulator/smallWorld.ts';
import { memoryAnchors } from './journals.ts';

// A collection for tests that kill it: messages and calls of the simulator at a port, over HTTP, into real captures and a real journal.
// Arguments: folder of the incident, port, credential of the simulator, from and to of the window, script of the threads that read pages. Says "begun",
// what memory it took to collect, in bytes, and "complete" when nothing is missing.
const [folder = '', port = '', secret = '', from = '', to = '', pageScript = ''] = process.argv.slice(2);
const clock = { now: () => Date.now() };
// Files are recorded after seconds; here after a tenth of one, so that a kill finds some recorded and others not.
const begun = Date.now();
const hasty = { now: () => begun + (Date.now() - begun) * 100 };
const incident = await createIncidentStore({ anchors: memoryAnchors(), clock }).open(folder, { patience: 5000 });
if (incident.journal.readOnly !== undefined) throw new Error(incident.journal.readOnly);
const twilio = createTwilio({
  connection: { id: 'demo', name: 'Demo', account: mainSid, credential: { kind: 'authToken' }, demo: true },
  secret,
  mode: () => 'read-only',
  route: { kind: 'simulator', port: Number(port) },
  clock,
  random: Math.random,
  delay,
  log: { info: () => {}, error: () => {} },
  pageScript: new URL(pageScript),
});
const writer = await createEvidenceStore({ clock: hasty, indexes: `${folder}/../indexes` }).writer(incident);
// Waiting for Twilio alone keeps no process alive.
const alive = setInterval(() => {}, 1000);
console.log('begun');
const before = process.memoryUsage.rss();
const { outcomes, writeFailure } = await collectEvidence(twilio, {
  sources: [messages, calls],
  accounts: [{ account: mainSid, name: '' }],
  main: mainSid,
  window: { from: Number(from), to: Number(to) },
  now: Number(to) + 3 * 3_600_000,
  held: heldCaptures(incident.journal.records),
  writer,
  clock,
  delay,
});
await writer.close();
console.log(`grew by ${process.resourceUsage().maxRSS * 1024 - before}`);
await incident.journal.close();
twilio.dispose();
clearInterval(alive);
if (writeFailure !== undefined) throw new Error(writeFailure);
console.log(outcomes.every(({ complete }) => complete) ? 'complete' : JSON.stringify(outcomes));
