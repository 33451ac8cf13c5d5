import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../src/core/evidence/canonicalJson.ts';
import { sealRecord, verifyChain } from '../../../src/core/evidence/chain.ts';
import { whyReadOnly } from '../../../src/core/evidence/readOnly.ts';
import type { Head } from '../../../src/core/evidence/record.ts';
import type { Json } from '../../../src/core/model/json.ts';
import type { JournalEntry } from '../../../src/core/ports.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const at = Date.parse('2026-11-21T03:00:00Z');

function chain(...entries: JournalEntry[]): { lines: string[]; head: Head } {
  const lines: string[] = [];
  let head: Head | undefined;
  for (const entry of [{ type: 'journal', format: 1, id: 'one' }, ...entries]) {
    const line = sealRecord(entry, head, at, sha256);
    head = { seq: lines.push(line), hash: JSON.parse(line).hash };
  }
  if (!head) throw new Error('no head');
  return { lines, head };
}
const { lines, head } = chain(
  { type: 'intent', plan: 'p', name: 'Büro 東京' },
  { type: 'somethingNew', deep: { b: [1, null, { a: true }], a: 'x' } },
  { type: 'outcome', plan: 'p', result: 'done' },
);
const verify = (changed: readonly string[], anchor: Head | undefined = head, rest = '') =>
  verifyChain([...changed, rest], sha256, anchor);

test('canonical JSON is one text for one value, whatever the order of its members', () => {
  expect(canonicalJson({ b: 1, a: [{ d: undefined, c: 'é\n' }], B: null })).toBe('{"B":null,"a":[{"c":"é\\n"}],"b":1}');
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value as Json);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('a whole chain gives its records, unknown types included, and its head', () => {
  const { state, records, head: end } = verify(lines);
  expect(state).toEqual({ kind: 'whole' });
  expect(records.map(({ seq, type }) => [seq, type])).toEqual([
    [1, 'journal'],
    [2, 'intent'],
    [3, 'somethingNew'],
    [4, 'outcome'],
  ]);
  expect(records[2]?.['deep']).toEqual({ b: [1, null, { a: true }], a: 'x' });
  expect(end).toEqual(head);
});

test('an older anchor is enough, as after a crash before the newest head was kept', () => {
  const older = { seq: 3, hash: String(JSON.parse(lines[2] ?? '').hash) };
  expect(verify(lines, older).state.kind).toBe('whole');
});

test('an entry cannot bring members of the chain', () => {
  for (const name of ['seq', 'at', 'prev', 'hash'])
    expect(() => sealRecord({ type: 'note', [name]: 1 }, undefined, at, sha256)).toThrow(name);
});

describe('with the head kept elsewhere', () => {
  test('a record removed, repeated, exchanged or rewritten is found, at every place', () => {
    for (let i = 0; i < lines.length; i += 1) {
      const line = lines[i] ?? '';
      const variants = [
        lines.toSpliced(i, 1),
        lines.toSpliced(i, 0, line),
        lines.toSpliced(i, 1, line.replace('"type":"', '"type":"x')),
        ...lines.flatMap((other, j) => (j > i ? [lines.with(i, other).with(j, line)] : [])),
      ];
      for (const variant of variants) expect(['damaged', 'rolled-back']).toContain(verify(variant).state.kind);
    }
  });

  test('a chain written anew, or replayed from an older copy, is found', () => {
    expect(verify(chain({ type: 'intent', plan: 'forged' }).lines).state.kind).toBe('rolled-back');
    const forged = chain({ type: 'a' }, { type: 'b' }, { type: 'c' }, { type: 'd' }).lines;
    expect(verify(forged).state).toEqual({ kind: 'rolled-back', anchor: head });
    expect(verify(lines.slice(0, 3)).state.kind).toBe('rolled-back');
    expect(verify([]).state.kind).toBe('rolled-back');
  });
});

test('a cut in the last line is a torn tail when nothing acknowledged is gone, and a roll-back when something is', () => {
  const last = lines.at(-1) ?? '';
  const before = { seq: 3, hash: String(JSON.parse(lines[2] ?? '').hash) };
  expect(verify(lines.slice(0, 3), before, last.slice(0, 20)).state).toEqual({ kind: 'torn', lines: 3 });
  expect(verify(lines.slice(0, 3), head, last).state.kind).toBe('rolled-back');
});

test('blocks that were never written end the journal; the same in the middle is damage', () => {
  const zeros = '\0'.repeat(512);
  expect(verify([...lines, `${zeros}"}`]).state).toEqual({ kind: 'torn', lines: 4 });
  expect(verify([...lines, zeros, 'rest of an old block']).state.kind).toBe('torn');
  expect(verify(lines.toSpliced(2, 0, zeros)).state).toMatchObject({ kind: 'damaged', line: 3 });
});

test('each kind of damage is named with its line', () => {
  const why = (changed: string[]) => {
    const { state } = verify(changed);
    return state.kind === 'damaged' ? `${state.line}: ${state.why}` : state.kind;
  };
  expect(why(lines.with(1, '{'))).toBe('2: it is no valid JSON');
  expect(why(lines.with(1, 'null'))).toBe('2: it is no record of a journal');
  expect(why(lines.with(1, ` ${lines[1]}`))).toMatch('2: it was written in another way');
  expect(why(lines.with(1, (lines[1] ?? '').replace('東京', '京都')))).toMatch(
    '2: its content does not match its hash',
  );
  expect(why(lines.toSpliced(1, 1))).toMatch('2: it is record 3, so others are missing');
  expect(why(lines.map((line) => `${line}\r`))).toMatch('1: its line ends were converted');
  expect(why([sealRecord({ type: 'note' }, undefined, at, sha256)])).toMatch('1: it does not name the format');
  expect(why(lines.with(1, '['.repeat(100_000)))).toMatch('2: ');
});

test('a later format is told from damage, whatever its records look like', () => {
  expect(verify(['{"type":"journal","format":2}', 'whatever']).state).toEqual({ kind: 'future', format: 2 });
});

test('every state that is not written says why', () => {
  expect(whyReadOnly({ kind: 'whole' })).toBeUndefined();
  expect(whyReadOnly({ kind: 'torn', lines: 1 })).toBeUndefined();
  expect(whyReadOnly({ kind: 'damaged', line: 7, why: 'it is no valid JSON' })).toMatch('line 7: it is no valid JSON');
  expect(whyReadOnly({ kind: 'rolled-back', anchor: head })).toMatch('does not contain record 4');
  expect(whyReadOnly({ kind: 'future', format: 2 })).toMatch('format 2');
});
