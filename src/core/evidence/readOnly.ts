import type { ChainState } from './chain.ts';

/** Why a journal can be read but not continued, as sentences; `undefined` when it can. */
export function whyReadOnly(state: ChainState): string | undefined {
  switch (state.kind) {
    case 'whole':
    case 'torn':
      return undefined;
    case 'damaged':
      return `Its journal is damaged at line ${state.line}: ${state.why}. The records before that line are shown, and nothing is written. Restore journal.jsonl from a backup, or start another incident.`;
    case 'rolled-back':
      return `Its journal does not contain record ${state.anchor.seq} as this computer remembers it: it was cut, replaced by an older copy, or written anew. Nothing is written. Restore the newest copy, or start another incident.`;
    case 'future':
      return `Its journal has format ${state.format}, which a later version of this extension writes. Nothing is written. Update the extension to continue it.`;
  }
}
