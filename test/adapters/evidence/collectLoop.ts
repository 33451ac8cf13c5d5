import { createEvidenceStore } from '../../../src/adapters/evidence/evidenceStore.ts';
import { createIncidentStore } from '../../../src/adapters/evidence/incidentStore.ts';
import type { SliceWriter } from '../../../src/core/evidence/evidenceStore.ts';
import { account, message, proof } from './captures.ts';
import { memoryAnchors } from './journals.ts';

// A collector for tests that kill it: prints "writer" or why not, then the first number of each slice once it is on the disk. Slices of
// ten messages, two pages each, some of them dropped, several open at once; messages are numbered from the second argument on.
const [folder = '', from = '0'] = process.argv.slice(2);
const clock = { now: () => Date.now() };
const incident = await createIncidentStore({ anchors: memoryAnchors(), clock }).open(folder, { patience: 5000 });
console.log(incident.journal.readOnly ?? 'writer');
const writer = await createEvidenceStore({ clock, indexes: `${folder}/../indexes` }).writer(incident);
let next = Number(from);

async function write(slice: SliceWriter, first: number): Promise<void> {
  for (const page of [0, 5])
    await slice.page(
      [0, 1, 2, 3, 4].map((n) => message(first + page + n, { body: 'x'.repeat(Math.random() * 500) })),
      proof(),
    );
  if (first % 70 === 0) slice.drop();
  else await slice.end({ complete: true });
}

while (incident.journal.readOnly === undefined) {
  const firsts = [next, next + 10, next + 20];
  next += 30;
  await Promise.all(
    firsts.map((first) => write(writer.begin({ source: first % 20 === 0 ? 'messages' : 'calls', account }), first)),
  );
  await writer.flush();
  for (const first of firsts) if (first % 70 > 0) console.log(first);
}
