import { describe, expect, test } from 'vitest';
import { csvPhoneNumber, longest, phrase, type Sink, untrusted } from '../../../src/core/untrusted.ts';
import { forHostilePairs, forHostileText } from './hostile.ts';

/** The expression VS Code turns into links in notifications (src/vs/base/common/linkedText.ts). */
const linkInNotification = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;
/** What VS Code draws as an icon (src/vs/base/common/iconLabels.ts, themables.ts). */
const icon = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;
const liveUrl = /(?<![a-z0-9])(?:https?|ftps?|javascript|data|file|command|vscode|mailto):|https?:\/\/|www\./i;
/** Bidi, zero-width, control, lone surrogates, tags: whatever a reader cannot see. U+FE0F after a pictograph is harmless. */
const hidden = /(?!(?<=\p{Extended_Pictographic})\uFE0F)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function size(text: string): number {
  return [...graphemes.segment(text)].length;
}

function fits(sink: Exclude<Sink, 'fileName'>, text: string, syntax = 0): void {
  expect(size(text)).toBeLessThanOrEqual(longest[sink] + syntax);
  expect(text.length).toBeLessThanOrEqual(longest[sink] * 8 + syntax);
}

/** What a spreadsheet reads from a quoted cell. */
function content(cell: string): string {
  return cell.slice(1, -1).replaceAll('""', '"');
}

describe('a label', () => {
  test('is one visible line without icons, and making it inert again changes nothing', () => {
    forHostileText((text) => {
      const label = untrusted(text).for('label');
      expect(label).not.toMatch(icon);
      expect(label).not.toContain('$(');
      expect(label).not.toMatch(hidden);
      expect(untrusted(label).for('label')).toBe(label);
      fits('label', label);
    });
  });

  test('makes no icon with the words around it', () => {
    forHostilePairs((a, b) => {
      expect(phrase('label')`${a}(trash)${b}${a}`).not.toMatch(icon);
    });
  });

  test('shows hidden characters by their code and keeps what is harmless', () => {
    expect(untrusted('a\u202Eb\r\nc\td\uD800').for('label')).toBe('a\\u{202E}b⏎c⇥d\\u{D800}');
    expect(untrusted('R&&D ❤️ Žofín 日本 https://example.com').for('label')).toBe(
      'R&&D ❤️ Žofín 日本 https://example.com',
    );
  });

  test('cannot push the text after it out of sight with spaces or paint over its neighbours', () => {
    expect(untrusted(`a${' \u00A0\u3000'.repeat(50)}b`).for('label')).toBe('a b');
    expect(untrusted(`a${'\u0301'.repeat(90)}`).for('label').length).toBeLessThan(10);
  });
});

describe('a toast', () => {
  test('has nothing VS Code would link, no live URL and nothing hidden', () => {
    forHostileText((text) => {
      const toast = untrusted(text).for('toast');
      expect(toast).not.toMatch(linkInNotification);
      expect(toast).not.toMatch(/[[\]]/);
      expect(toast).not.toMatch(liveUrl);
      expect(toast).not.toMatch(icon);
      expect(toast).not.toMatch(hidden);
      expect(untrusted(toast).for('toast')).toBe(toast);
      fits('toast', toast);
    });
  });

  test('makes no link of two values and the words between them', () => {
    forHostilePairs((a, b) => {
      expect(`[${phrase('toast')`${a}${b}`}](${untrusted(b).for('toast')})`).not.toMatch(linkInNotification);
      expect(phrase('toast')`Suspended ${a}](${b}).`).not.toMatch(linkInNotification);
    });
  });

  test('keeps our words as written', () => {
    expect(phrase('toast')`Suspended ${'[x](command:y)'} after ${3} checks.`).toBe(
      'Suspended ［x］(command［:］y) after 3 checks.',
    );
  });
});

describe('a value in a document', () => {
  test('is one visible line without a live URL, and making it inert again changes nothing', () => {
    forHostileText((text) => {
      const value = untrusted(text).for('document');
      expect(value).not.toMatch(liveUrl);
      expect(value).not.toMatch(hidden);
      expect(untrusted(value).for('document')).toBe(value);
      fits('document', value);
    });
  });

  test('holds a whole SMS', () => {
    const body = 'x '.repeat(800).trim();
    expect(untrusted(body).for('document')).toBe(body);
  });
});

describe('a line of the log', () => {
  test('is one visible line without a live URL, and making it inert again changes nothing', () => {
    forHostileText((text) => {
      const line = untrusted(text).for('log');
      expect(line).not.toMatch(hidden);
      expect(line).not.toMatch(liveUrl);
      expect(untrusted(line).for('log')).toBe(line);
      fits('log', line);
    });
  });

  test('masks phone numbers', () => {
    expect(untrusted('to +14155551234\nfailed').for('log')).toBe('to +1415555XXXX⏎failed');
  });
});

describe('a CSV cell', () => {
  const formula = /^[\s"]*[=+\-@|＝＋－＠｜﹦﹢﹣﹫−]/u;

  test('is one quoted field, starts no formula whatever the separator is, and stays so when made again', () => {
    forHostileText((text) => {
      const cell = untrusted(text).for('csv');
      expect(cell).toMatch(/^"(?:[^"]|"")*"$/);
      expect(cell).not.toMatch(hidden);
      expect(content(cell)).not.toMatch(formula);
      for (const part of cell.split(/[;\t]/)) expect(part).not.toMatch(formula);
      expect(content(untrusted(content(cell)).for('csv'))).toBe(content(cell));
      fits('csv', content(cell));
    });
  });

  test('keeps phone numbers readable, and only phone numbers', () => {
    expect(csvPhoneNumber('+5351234567')).toBe('+5351234567');
    expect(csvPhoneNumber('+1415555XXXX')).toBe('+1415555XXXX');
    expect(csvPhoneNumber('+1+1')).toBe('"\'+1+1"');
    expect(csvPhoneNumber('+1234\n')).toBe('"\'+1234⏎"');
    forHostileText((text) => expect(csvPhoneNumber(text)).toMatch(/^(?:\+[\dXx]{1,15}|"(?:[^"]|"")*")$/));
  });
});

describe('a file name', () => {
  test('is a safe path segment on every system, and making it again changes nothing', () => {
    forHostileText((text) => {
      const name = untrusted(text).for('fileName');
      expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(name.length).toBeLessThanOrEqual(50);
      expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)$/);
      expect(untrusted(name).for('fileName')).toBe(name);
    });
  });

  test('reads like the title', () => {
    expect(untrusted('SMS Pumping: Žižkov & Größe!').for('fileName')).toBe('sms-pumping-zizkov-gro-e');
    expect(untrusted('COM¹').for('fileName')).toBe('x-com1');
    expect(untrusted('../..').for('fileName')).toBe('unnamed');
  });
});

describe('very long text', () => {
  const shapes = [
    'x',
    'ab\u0301',
    '\u0301',
    '\u1100',
    '👩‍👩‍👧',
    '\uD800',
    '\n',
    ' ',
    '=;',
    '`',
    '[x](command:y)',
    'a@b.cc ',
  ];
  const sinks: readonly Exclude<Sink, 'fileName'>[] = ['label', 'toast', 'markdown', 'document', 'csv', 'log'];

  test.each(sinks)('is cut in %s, visibly, within the limit', (sink) => {
    for (const shape of shapes)
      for (const length of [10_000, 1_000_000]) {
        const result = untrusted(shape.repeat(Math.ceil(length / shape.length))).for(sink);
        fits(sink, sink === 'csv' ? content(result) : result, sink === 'markdown' ? 2 : 0);
        expect(hidden.test(result)).toBe(false);
        if (length > longest[sink] * 16) expect(result.includes('…'), JSON.stringify(shape)).toBe(true);
      }
  });
});
