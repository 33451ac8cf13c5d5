import * as vscode from 'vscode';
import { utc } from '../core/model/age.ts';
import { type EntryKind, entryKinds, type MarkedEntry } from '../core/timeline/entry.ts';
import type { TimelineFormat } from '../core/timeline/exportTimeline.ts';
import type { TimelineFilter } from '../core/timeline/filter.ts';
import { parseInstant } from '../core/timeline/instant.ts';
import { type HandKind, handKinds } from '../core/timeline/marks.ts';
import { phrase } from '../core/untrusted.ts';

// Escape in any question changes nothing.

const details: Readonly<Record<HandKind, string>> = {
  note: 'Anything worth remembering',
  detection: 'When somebody noticed, and how: Twilio asks for it',
  decision: 'What was decided, and by whom',
  support: 'The ticket’s number, and what was asked or answered',
};

export interface HandEntry {
  readonly kind: HandKind;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly text: string;
}

/** What is to be added by hand. `now`: epoch milliseconds, asked when it matters. */
export async function askEntry(now: () => number): Promise<HandEntry> {
  const title = 'Add Timeline Entry';
  const entries = Object.entries(handKinds).map(([kind, label]) => ({ hand: kind as HandKind, label }));
  const choice = await answered(
    vscode.window.showQuickPick(
      entries.map((one) => ({ ...one, detail: details[one.hand] })),
      { title, placeHolder: 'What is it?' },
    ),
  );
  const time = await answered(
    vscode.window.showInputBox({
      title,
      prompt: 'When it happened, in UTC: “now”, or a time like the one shown',
      value: 'now',
      placeHolder: utc(now()).replace(' UTC', ''),
      ignoreFocusOut: true,
      validateInput: (entered) => {
        const at = parseInstant(entered, now());
        return typeof at === 'string' ? at : undefined;
      },
    }),
  );
  const at = parseInstant(time, now());
  const text = await askText(title, details[choice.hand]);
  return { kind: choice.hand, at: typeof at === 'number' ? at : now(), text };
}

/** What is said about an entry. */
export function askAnnotation({ what }: MarkedEntry): Promise<string> {
  return askText('Annotate', phrase('label')`About: ${what}. It is recorded in the incident and cannot be taken back.`);
}

async function askText(title: string, prompt: string): Promise<string> {
  const text = await answered(
    vscode.window.showInputBox({
      title,
      prompt,
      ignoreFocusOut: true,
      validateInput: (entered) => (entered.trim() ? undefined : 'Write something, or press Escape.'),
    }),
  );
  return text.trim();
}

/** What the view is to show. */
export async function askFilter(entries: readonly MarkedEntry[], before: TimelineFilter): Promise<TimelineFilter> {
  const title = 'Filter Timeline';
  const counts = new Map<EntryKind, number>();
  for (const { kind } of entries) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = Object.entries(entryKinds).map(([id, label]) => {
    const kind = id as EntryKind;
    return { label, description: count(counts.get(kind) ?? 0), shows: kind, picked: before.kinds?.has(kind) ?? true };
  });
  const starred = entries.filter(({ isStarred }) => isStarred).length;
  const stars = { label: '$(star-full) Starred only', description: count(starred), picked: before.starredOnly };
  const chosen = await answered(
    vscode.window.showQuickPick<{ label: string; description: string; picked: boolean; shows?: EntryKind }>(
      [stars, ...kinds],
      { title, placeHolder: 'What is shown', canPickMany: true },
    ),
  );
  const text = await answered(
    vscode.window.showInputBox({
      title,
      prompt:
        'Words that must occur: in the text, an address, a SID, an annotation, the time. Leave it empty to show all',
      value: before.text,
      ignoreFocusOut: true,
    }),
  );
  const left = chosen.flatMap(({ shows }) => shows ?? []);
  const all = left.length === 0 || left.length === kinds.length;
  return { text, starredOnly: chosen.some(({ shows }) => shows === undefined), ...(!all && { kinds: new Set(left) }) };
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

export async function askTimelineFormat(): Promise<TimelineFormat> {
  const choice = await answered(
    vscode.window.showQuickPick(
      [
        { label: '$(table) CSV for spreadsheets', format: 'csv' as const },
        { label: '$(history) JSON Lines', detail: 'As Timesketch reads them', format: 'jsonl' as const },
      ],
      {
        title: 'Export Timeline: which form?',
        placeHolder: 'What the view shows now; numbers of third parties are masked',
      },
    ),
  );
  return choice.format;
}

async function answered<T>(question: Thenable<T | undefined>): Promise<T> {
  const answer = await question;
  if (answer === undefined) throw new vscode.CancellationError();
  return answer;
}
