import type { Severity } from '../accounts/nodeKind.ts';
import type { SourceId } from '../evidence/source.ts';
import { phrase } from '../untrusted.ts';
import type { Facts } from './facts.ts';
import type { Check, SignalResult } from './signal.ts';

/** `label`: a sentence of ours around hostile values. */
export const say = phrase('label');

const mostEvidence = 10;

type Sentence = SignalResult['sentence'];
interface Found {
  readonly evidence?: readonly string[];
  readonly first?: number | undefined;
  readonly last?: number | undefined;
  readonly check?: Check;
}

export function hit(severity: Severity, sentence: Sentence, found: Found = {}): SignalResult {
  return { state: 'hit', severity, sentence, ...withFound(found) };
}

export function clean(sentence: Sentence, found: Found = {}): SignalResult {
  return { state: 'clean', sentence, ...withFound(found) };
}

export function notEnough(sentence: Sentence, check?: Check): SignalResult {
  return { state: 'not enough data', sentence, evidence: [], ...(check && { check }) };
}

export function notVisible(sentence: Sentence, check: Check): SignalResult {
  return { state: 'not visible by API', sentence, evidence: [], check };
}

function withFound({ evidence = [], first, last, check }: Found) {
  return {
    evidence: [...new Set(evidence)].slice(0, mostEvidence),
    ...(first !== undefined && { first }),
    ...(last !== undefined && { last }),
    ...(check && { check }),
  };
}

/** `undefined` when one of the sources was read; else the result that says none was. */
export function unread(facts: Facts, sources: readonly SourceId[]): SignalResult | undefined {
  if (sources.some((source) => facts.read.has(source))) return undefined;
  return notEnough(say`Nothing of this was collected: ${sources.join(', ')}.`);
}

/** `1,234`. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
