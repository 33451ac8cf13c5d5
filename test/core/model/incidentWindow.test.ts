import { expect, test } from 'vitest';
import { parseWindow, windowText } from '../../../src/core/model/incidentWindow.ts';

const utc = (text: string) => Date.parse(`${text}Z`);

test('a window is read as UTC, with or without times; a last day without a time is meant whole', () => {
  expect(parseWindow('2026-11-14 03:05 to 2026-11-21 12:00')).toEqual({
    from: utc('2026-11-14T03:05'),
    to: utc('2026-11-21T12:00'),
  });
  expect(parseWindow(' 2026-11-21 - 2026-11-21 UTC ')).toEqual({
    from: utc('2026-11-21T00:00'),
    to: utc('2026-11-22T00:00'),
  });
});

test('what is shown can be read again', () => {
  const window = { from: utc('2026-11-14T03:05'), to: utc('2026-11-21T12:00') };
  expect(parseWindow(windowText(window))).toEqual(window);
});

test.each(['', 'yesterday', '2026-11-21 12:00 to 2026-11-21 11:00', '2026-13-01 to 2026-13-02', '2026-11-21'])(
  '“%s” is no window',
  (text) => expect(parseWindow(text)).toBeUndefined(),
);
