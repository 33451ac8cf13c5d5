import type { CapturesToDetect } from './detectCaptures.ts';
import type { IndexToDetect } from './detectIndex.ts';
import type { RowsToDetect } from './detectRows.ts';

/** What a thread of the detector can be told. */
export type DetectTask =
  | ({ readonly kind: 'captures' } & CapturesToDetect)
  | ({ readonly kind: 'index' } & IndexToDetect)
  | ({ readonly kind: 'rows' } & RowsToDetect);
