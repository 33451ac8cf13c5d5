import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits, findBlocks, type ManagedBlock, sealBlocks } from '../../../src/core/rca/blocks.ts';
import { insertBlock, keepMine, refreshDocument, takeNew } from '../../../src/core/rca/refresh.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const names = ['title', 'impact', 'timeline', 'evidence'];
const blocksOf = (version: string): readonly ManagedBlock[] =>
  names.map((name) => ({ name, body: `\n${name} ${version}\n` }));
const open = (name: string) => `<!-- twilio-incident:begin ${name} -->`;
const close = (name: string) => `<!-- twilio-incident:end ${name} -->`;
const scaffold = sealBlocks(
  [
    '# RCA',
    ...names.flatMap((name) => [open(name), '', `${name} one`, '', close(name), '', `Mine about ${name}.`]),
    '',
  ].join('\n'),
  sha256,
);
const refresh = (text: string, version = 'two') => refreshDocument(text, blocksOf(version), sha256);

describe('refreshing a document', () => {
  test('rewrites every block in place and nothing else', () => {
    const { text, rewritten, edited, missing } = refresh(scaffold);
    expect(rewritten).toEqual(names);
    expect([edited, missing]).toEqual([[], []]);
    expect(text.replaceAll(/sha256=[0-9a-f]+/g, '')).toBe(
      scaffold.replaceAll(' one', ' two').replaceAll(/sha256=[0-9a-f]+/g, ''),
    );
    expect(refresh(text).edits).toEqual([]);
  });

  test('leaves a block that was changed by hand, and says what it would be', () => {
    const mine = scaffold.replace('impact one', 'impact as I see it');
    const { text, edited, rewritten } = refresh(mine);
    expect(text).toContain('impact as I see it');
    expect(rewritten).not.toContain('impact');
    expect(edited.map(({ found, fresh }) => [found.body, fresh.body])).toEqual([
      ['\nimpact as I see it\n', '\nimpact two\n'],
    ]);
  });

  test('takes the new block, or keeps mine until there is a newer one, as the person chooses', () => {
    const mine = scaffold.replace('impact one', 'impact as I see it');
    const [choice] = refresh(mine).edited;
    if (!choice) throw new Error('an edited block expected');
    const taken = applyEdits(mine, [takeNew(choice, sha256)]);
    expect(taken).toContain('impact two');
    expect(taken).not.toContain('as I see it');
    const kept = applyEdits(mine, [keepMine(choice, sha256)]);
    expect(kept).toContain('impact as I see it');
    expect(refresh(kept).edited).toEqual([]);
    expect(refresh(kept, 'three').edited).toHaveLength(1);
  });

  test('takes a block of the first version, which has no hash, for changed by hand', () => {
    const old = scaffold.replaceAll(/ sha256=[0-9a-f]+/g, '');
    expect(refresh(old).edited).toHaveLength(names.length);
    expect(refresh(old).edits).toEqual([]);
    // What is the same anyway only gets its hash.
    expect(refresh(old, 'one')).toMatchObject({ text: scaffold, edited: [], rewritten: [] });
  });

  test('does not bring deleted blocks back, and inserts one behind its neighbour when asked', () => {
    const { blocks } = findBlocks(scaffold);
    const impact = blocks.find(({ name }) => name === 'impact');
    if (!impact) throw new Error('a block expected');
    const without = applyEdits(scaffold, [{ first: impact.begin, end: impact.end + 1, lines: [] }]);
    const { text, missing } = refresh(without);
    expect(missing).toEqual(['impact']);
    expect(text).not.toContain('impact two');
    const fresh = blocksOf('two')[1] ?? impact;
    const inserted = applyEdits(text, [insertBlock(text, fresh, names, sha256)]);
    expect(findBlocks(inserted).blocks.map(({ name }) => name)).toEqual(names);
    expect(refresh(inserted)).toMatchObject({ edits: [], missing: [] });
    expect(applyEdits('mine', [insertBlock('mine', fresh, names, sha256)])).toMatch(/^mine\n\n<!--.*-->\n$/s);
  });

  test('leaves markers without a partner and blocks of a later version alone', () => {
    const text = `${open('impact')}\nmine\n${open('later')}\nfuture\n${close('later')}\n${close('title')}\n`;
    expect(refresh(text)).toMatchObject({ text, edits: [], edited: [], loose: [0, 5] });
  });

  test('keeps Windows line ends, and blocks whose line ends were converted count as unchanged', () => {
    const windows = scaffold.replaceAll('\n', '\r\n');
    const { text, rewritten } = refresh(windows);
    expect(rewritten).toEqual(names);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('never loses a character of a person, whatever was written, moved, doubled or deleted', () => {
    /** The text without the blocks that nobody has changed. */
    const persons = (text: string) => {
      const lines = text.split('\n');
      for (const { begin, end, body, name, sha256: digest } of findBlocks(text).blocks.toReversed())
        if (digest === sha256(body) && names.includes(name)) lines.splice(begin, end - begin + 1, `[${name}]`);
      return lines.join('\n');
    };
    const words = fc.oneof(
      fc.string({ maxLength: 12, unit: 'binary' }),
      fc.constantFrom(
        '',
        '\r',
        '```',
        open('impact'),
        close('impact'),
        close('title'),
        open('mine'),
        '<!--',
        ...scaffold.split('\n'),
      ),
    );
    const edit = fc.record({
      at: fc.nat(60),
      remove: fc.constantFrom(0, 0, 0, 1, 1, 5, 9),
      insert: fc.array(words, { maxLength: 3 }),
      to: fc.option(fc.nat(60), { nil: undefined }),
    });
    const property = fc.property(fc.array(edit, { maxLength: 6 }), fc.boolean(), (edits, windows) => {
      const lines = scaffold.split('\n');
      for (const { at, remove, insert, to } of edits) {
        const taken = lines.splice(at % (lines.length + 1), remove, ...insert);
        if (to !== undefined) lines.splice(to % (lines.length + 1), 0, ...taken);
      }
      const text = lines.join(windows ? '\r\n' : '\n');
      const once = refresh(text);
      const same = findBlocks(once.text).blocks.filter(({ body, name }) => body === `\n${name} two\n`);
      expect(persons(once.text)).toBe(persons(text));
      for (const { name, body } of same) expect(body).toBe(`\n${name} two\n`);
      expect(refresh(once.text)).toMatchObject({ edits: [], text: once.text });
    });
    fc.assert(property, { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 10_000) });
  });
});
