import type { Flag } from '../../core/traffic/flags.ts';
import type { Mark } from './mark.ts';

/** A diamond for a country never seen before, an arrow for a surge: told apart by shape, not by colour. */
const shapes: Readonly<Record<Flag, string>> = {
  'never-seen': 'M8 1.5 14.5 8 8 14.5 1.5 8z',
  surging: 'M8 2 14 8.5H10.5V14H5.5V8.5H2z',
};

export const flagText: Readonly<Record<Flag, string>> = { 'never-seen': 'Never seen before', surging: 'Surging' };

/** The flag's picture, 16 by 16. It says nothing by itself: `flagText` goes beside it. */
export function flagIcon(flag: Flag): Mark {
  return {
    tag: 'svg',
    attributes: {
      class: `flag ${flag}`,
      viewBox: '0 0 16 16',
      width: 14,
      height: 14,
      'aria-hidden': 'true',
      focusable: 'false',
    },
    children: [{ tag: 'path', attributes: { d: shapes[flag] } }],
  };
}
