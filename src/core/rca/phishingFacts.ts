import type { CapturedRow } from '../evidence/evidenceStore.ts';
import { textOf } from '../model/json.ts';
import { createTemplates } from '../smishing/templates.ts';
import { readMessage } from '../traffic/message.ts';

/** Messages of the texts that were called smishing. */
export interface PhishingFacts {
  readonly messages: number;
  readonly delivered: number;
  /** Different numbers they went to, and how many of these got one. */
  readonly recipients: number;
  readonly reached: number;
  /** `E3`. */
  readonly citations: readonly string[];
}

/**
 * Counts what was sent of the same texts as the cited rows (`E3:17`), which near-identical bodies are. `from` and `to`: epoch milliseconds,
 * both included. `undefined` when none of the cited rows is there.
 */
export async function readPhishing(
  rows: AsyncIterable<CapturedRow> | Iterable<CapturedRow>,
  scope: {
    readonly cited: ReadonlySet<string>;
    readonly from: number;
    readonly to: number;
    readonly idOf: (file: string) => string | undefined;
  },
): Promise<PhishingFacts | undefined> {
  const { cited, from, to, idOf } = scope;
  const templates = createTemplates();
  const wanted = new Set<number>();
  const tallies = new Map<number, { messages: number; sent: Set<string>; got: string[]; files: Set<string> }>();
  for await (const { row, file, line } of rows) {
    const message = readMessage(row);
    if (!message?.outbound || message.at < from || message.at > to) continue;
    const template = templates.add(textOf(row, 'body') ?? '');
    if (cited.has(`${idOf(file) ?? ''}:${line}`)) wanted.add(template);
    const tally = tallies.get(template) ?? { messages: 0, sent: new Set(), got: [], files: new Set() };
    tally.messages += 1;
    tally.sent.add(message.to);
    if (textOf(row, 'status') === 'delivered') tally.got.push(message.to);
    tally.files.add(file);
    tallies.set(template, tally);
  }
  const own = [...tallies].filter(([template]) => wanted.has(template)).map(([, tally]) => tally);
  if (own.length === 0) return undefined;
  return {
    messages: own.reduce((all, { messages }) => all + messages, 0),
    delivered: own.reduce((all, { got }) => all + got.length, 0),
    recipients: new Set(own.flatMap(({ sent }) => [...sent])).size,
    reached: new Set(own.flatMap(({ got }) => got)).size,
    citations: [...new Set(own.flatMap(({ files }) => [...files]))].flatMap((file) => idOf(file) ?? []),
  };
}
