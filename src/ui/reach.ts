import type { Cancellation } from '../core/ports.ts';
import { untrusted } from '../core/untrusted.ts';
import type { OpenConnection } from './session.ts';

/** What a credential reaches, in plain words. */
export interface ReachReport {
  readonly read: number;
  readonly areas: number;
  readonly summary: string;
  /** A sentence per area. */
  readonly sentences: readonly string[];
}

/** Asks Twilio for one thing of every area. Throws `Cancelled`. */
export async function reachOf({ twilio, connection }: OpenConnection, cancel: Cancellation): Promise<ReachReport> {
  const { probe, summarize } = await import('../core/twilio/probe.ts');
  const reach = await probe(twilio, connection, cancel);
  const sentences = reach.map(({ sentence }) => sentence);
  const read = reach.filter(({ reached }) => reached).length;
  return { read, areas: reach.length, summary: summarize(reach, connection), sentences };
}

/** The report as Markdown that reads well unrendered. */
export function reachText({ summary, sentences }: ReachReport): string {
  const lines = sentences.map((sentence) => `- ${untrusted(sentence).for('markdown')}`);
  return ['# What this credential reaches', '', untrusted(summary).for('markdown'), '', ...lines, ''].join('\n');
}
