import {
  everywhereEvidence,
  neverSeenEvidence,
  nightEvidence,
  senderEvidence,
  volumeEvidence,
} from './contextEvidence.ts';
import type { Case, Evidence, Missing } from './evidence.ts';
import { knownEvidence, rangesEvidence, recipientsOf, sequenceEvidence } from './numberEvidence.ts';
import { blockedEvidence, conversionEvidence, failedEvidence } from './shareEvidence.ts';

/** Everything that speaks for fraud or against it, and what there was no data for. */
export interface Weighed {
  readonly evidence: readonly Evidence[];
  readonly missing: readonly Missing[];
  /** Sum of the evidence: decades for fraud. */
  readonly decades: number;
}

/** Kinds that by themselves tell nothing but volume, time or place. */
const circumstantial: ReadonlySet<Evidence['kind']> = new Set([
  'volume',
  'night',
  'new-country',
  'everywhere',
  'sender',
]);

/** `inBlocks` is the evidence of the blocks the messages were chosen by, where they were: it cannot be found in them again. */
export function weigh(one: Case, variance: number, inBlocks?: Evidence): Weighed {
  const recipients = recipientsOf(one);
  const conversion = conversionEvidence(one);
  const ranges = inBlocks ?? rangesEvidence(one, recipients);
  const failed = failedEvidence(one);
  const known = knownEvidence(one, recipients);
  const sender = senderEvidence(one);
  const evidence = [
    conversion,
    ranges,
    sequenceEvidence(recipients, inBlocks?.blocks?.[0] ? 10 ** inBlocks.blocks[0].open : undefined),
    failed,
    blockedEvidence(one),
    known,
    inBlocks ? undefined : nightEvidence(one),
    inBlocks ? undefined : sender,
    everywhereEvidence(one, variance),
    volumeEvidence(one, variance),
    neverSeenEvidence(one),
  ].filter((found) => found !== undefined);
  const missing: Missing[] = [];
  if (!conversion) missing.push('conversion');
  if (!ranges) missing.push('recipients');
  if (!failed) missing.push('outcomes');
  if (!sender && !inBlocks) missing.push('sender');
  if (one.history.messages < 20) missing.push('history');
  return { evidence, missing, decades: evidence.reduce((sum, { decades }) => sum + decades, 0) };
}

/** True when something but volume speaks for fraud. */
export function corroborated(evidence: readonly Evidence[]): boolean {
  return evidence.some(({ kind, decades }) => !circumstantial.has(kind) && decades >= 0.5);
}
