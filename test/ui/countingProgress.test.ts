import { expect, test } from 'vitest';
import { countingProgress } from '../../src/ui/countingProgress.ts';

test('counting tells rows and bytes four times a second at most, then that the detector judges', () => {
  const told: string[] = [];
  let now = 0;
  const { onProgress, onCounted } = countingProgress(
    (text) => void told.push(text),
    () => now,
    'counting the messages: ',
  );
  const at = (milliseconds: number, rows: number): void => {
    now = milliseconds;
    onProgress({ rows, bytes: rows * 100, totalBytes: 9e6, files: 1, filesDone: 0, refused: 0 } as never);
  };
  at(100, 10_000);
  at(300, 30_000);
  at(400, 40_000);
  onCounted({} as never);
  expect(told).toEqual([
    expect.stringMatching(/^counting the messages: 30,000 rows, 3 of 9 MB/),
    'the detector is judging what was counted',
  ]);
});
