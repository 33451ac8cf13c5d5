import { describe, expect, test } from 'vitest';
import { consoleSteps } from '../../../src/core/consoleStepRegistry.ts';
import { sources } from '../../../src/core/evidence/sources.ts';
import { everyLever } from '../../../src/core/incidentView/levers.ts';
import { consoleName, signalName } from '../../../src/core/incidentView/shortNames.ts';
import { shortWindow } from '../../../src/core/incidentView/shortWindow.ts';
import { signals } from '../../../src/core/signalRegistry.ts';

/** What a side bar of the usual width shows of a row before it cuts it off. */
const most = 28;

describe('no label of the Incident view is cut off:', () => {
  test.each([
    ['indicators', signals.map(({ id, title }) => signalName(id, title))],
    ['steps in the Console', consoleSteps.map(({ id, title }) => `${consoleName(id, title)}…`)],
    ['sources', sources.map(({ title }) => title)],
    ['levers', everyLever.map(({ label }) => label)],
  ])('%s', (_kind, labels) => {
    expect(labels.filter((label) => label.length > most)).toEqual([]);
    // Short names must still tell one row from the other.
    expect(new Set(labels).size).toBe(labels.length);
  });
});

test('a long window is told by its days, a short one by its minutes', () => {
  const at = (text: string) => Date.parse(`2026-${text}Z`);
  expect(shortWindow({ from: at('11-14T12:00'), to: at('11-21T12:00') })).toBe('11-14 to 11-21');
  expect(shortWindow({ from: at('11-21T22:00'), to: at('11-22T06:30') })).toBe('11-21 22:00 to 11-22 06:30 UTC');
  expect(shortWindow({ from: at('11-21T06:00'), to: at('11-21T11:00') })).toBe('11-21 06:00 to 11:00 UTC');
});
