import { openJournal } from '../../../src/adapters/evidence/journal.ts';
import { memoryAnchors } from './journals.ts';

// A writer for tests that kill it: prints "writer" or why not, then the number of each record once it is acknowledged.
const [folder = '', patience = '0'] = process.argv.slice(2);
const journal = await openJournal({
  folder,
  id: 'one',
  anchors: memoryAnchors(),
  clock: { now: () => Date.now() },
  patience: Number(patience),
});
console.log(journal.readOnly ?? 'writer');
if (journal.readOnly === undefined) {
  for (;;) {
    await journal.append({ type: 'note', text: 'x'.repeat(Math.random() * 3000) });
    console.log(journal.head?.seq);
  }
}
