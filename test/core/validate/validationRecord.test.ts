import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../../src/core/ports.ts';
import { verdictText } from '../../../src/core/validate/checked.ts';
import { checkedOf } from '../../../src/core/validate/checkedOf.ts';
import { say } from '../../../src/core/validate/results.ts';
import { lastValidation, validationEntry } from '../../../src/core/validate/validationRecord.ts';
import { main, noon } from '../incidentView/facts.ts';
import { captured as capture, journal } from '../incidentView/journal.ts';
import { attempt, colleagues, event, hour, judge, message, minute, now } from './captured.ts';
import { signal, someChecked } from './checkedCases.ts';

const check = { where: 'Console › Admin › Users', consolePath: 'us1/account/manage-users', what: 'Ask.' };

async function pumped() {
  const rows = Array.from({ length: 60 }, (_, i) => [
    message(now - hour + i * minute, `+7958111${1000 + i}`, { status: 'failed', error_code: 30450 }),
    attempt(now - hour + i * minute, `+7958111${1000 + i}`, false),
  ]);
  return judge([...colleagues(), event(now - hour), ...rows.flat()]);
}

describe('the record of a validation', () => {
  test('gives back what was found, after it was a line of JSON', async () => {
    const cited = [{ ref: 'evidence/messages-0001.jsonl.gz:3', sid: 'SM3', at: now - hour }];
    const changed = [{ name: 'pumping.blocks.warning', value: 9, usual: 3 }];
    const checked = checkedOf(await pumped(), { cited, changed });
    expect(checked.results).toHaveLength(25);
    expect(checked.scope?.accounts).toHaveLength(1);
    const records = journal(JSON.parse(JSON.stringify(validationEntry(checked, { seq: 1, hash: 'a' }))));
    const { sentence, at, seq, outdated, recorded, ...found } = lastValidation(records) ?? {};
    expect(found).toEqual(JSON.parse(JSON.stringify(checked)));
    expect([sentence, seq, outdated, recorded]).toEqual([verdictText(checked), 1, false, true]);
    expect(JSON.stringify(records).length).toBeLessThan(30_000);
  });

  test('says in its sentence that another computer made it', () => {
    const [record] = journal(validationEntry(someChecked(), { seq: 1, hash: 'a' }));
    const told = (unsealed: boolean) => record && lastValidation([{ ...record, unsealed }])?.sentence;
    expect(told(false)).toBe(verdictText(someChecked()));
    expect(told(true)).toBe(`Unproven, not sealed on this computer: ${verdictText(someChecked())}`);
  });

  test('is out of date once evidence was collected or deleted, also while it was being judged', () => {
    const entry = validationEntry(someChecked(), { seq: 1, hash: 'a' });
    const start = { type: 'journal' };
    const outdated = (...entries: readonly JournalEntry[]) => lastValidation(journal(...entries))?.outdated;
    expect(outdated(start, entry, { type: 'note' })).toBe(false);
    expect(outdated(start, entry, capture('messages', 1, main))).toBe(true);
    expect(outdated(start, entry, { type: 'evidence-deleted', files: [] })).toBe(true);
    expect(outdated(start, capture('messages', 1, main), entry)).toBe(true);
    expect(outdated(start, capture('messages', 1, main), validationEntry(someChecked(), { seq: 2, hash: 'a' }))).toBe(
      false,
    );
  });

  test('is not out of date by what came by itself and told nothing new, and says until when it was judged', () => {
    const entry = validationEntry(someChecked(), { seq: 1, hash: 'a' });
    const start = { type: 'journal' };
    const files = ['evidence/messages-0001.jsonl.gz'];
    const state = (...entries: readonly JournalEntry[]) => {
      const found = lastValidation(journal(start, entry, ...entries));
      return [found?.outdated, found?.newerThan !== undefined];
    };
    const came = capture('messages', 1, main);
    for (const type of ['evidence-first', 'live-watch']) {
      expect(state(came, { type, files })).toEqual([false, true]);
      expect(state(came, capture('calls', 2, main), { type, files })).toEqual([true, false]);
      expect(state(came, { type, files }, { type: 'evidence-deleted', files })).toEqual([true, false]);
    }
    expect(lastValidation(journal(start, entry, came, { type: 'live-watch', files }))?.newerThan).toBe(noon);
    expect(state(came, { type: 'live-watch', files }, { type: 'traffic-onset' })).toEqual([true, false]);
    // A surge that the judged evidence held already, told by the first look after it.
    expect(state({ type: 'traffic-onset', held: true }, came, { type: 'live-watch', files })).toEqual([false, true]);
    expect(state({ type: 'evidence-first', files: [] })).toEqual([false, false]);
    // A capture that nobody says anything of may be anything.
    expect(state(came, { type: 'note', files })).toEqual([true, false]);
  });

  test('of another version is read as far as it is known, and leads to no address of its own', () => {
    const results = [signal({ check }), signal({ id: 'P9', check: { ...check, consolePath: '//evil.example/' } })];
    const { verdicts, ...entry } = validationEntry(someChecked({ results }), undefined);
    const strange = {
      ...entry,
      verdicts: [...(verdicts as []), { type: 'vishing', grade: 'sure' }, 7],
      results: [...(entry['results'] as []), { id: 'P1', state: 'perhaps' }],
    };
    const found = lastValidation(journal(strange));
    expect(found?.verdicts).toHaveLength(4);
    expect(found?.results.map(({ id, check: one }) => [id, one?.consolePath])).toEqual([
      ['P2', check.consolePath],
      ['P9', undefined],
    ]);
    expect(lastValidation(journal({ ...entry, first: 'nothing yet known' }))).toBeUndefined();
    expect(lastValidation(journal({ type: 'journal' }))).toBeUndefined();
  });
});

describe('what was found', () => {
  test('is incomplete where it was judged by a file that had to be left out', async () => {
    const validation = await pumped();
    const why = say`The evidence in evidence/events-0001.jsonl.gz cannot be used.`;
    const { results, incomplete, verdicts } = checkedOf(validation, { leftOut: [{ source: 'events', why }] });
    expect(incomplete).toEqual([why]);
    expect(results.find(({ id }) => id === 'A4')?.incomplete).toEqual(['events']);
    expect(results.find(({ id }) => id === 'P6')?.incomplete).toBeUndefined();
    expect(verdicts.find(({ type }) => type === 'account-takeover')?.sentence).toContain('incomplete: security events');
    expect(checkedOf(validation).incomplete).toEqual([]);
  });

  test('is told as the types there is a sign of, and those that cannot be told', () => {
    expect(verdictText(someChecked())).toMatch(
      /^Account takeover: likely\. SMS pumping: confirmed\. Cannot tell: Toll fraud\. A4: /,
    );
    const unlikely = { type: 'smishing', grade: 'unlikely', sentence: '' } as const;
    expect(verdictText({ verdicts: [unlikely], why: 'Quiet.' })).toBe('No type of fraud is likely. Quiet.');
  });
});
