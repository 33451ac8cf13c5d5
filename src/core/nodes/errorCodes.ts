import type { Branch, NodeKind, Scope, Severity } from '../accounts/nodeKind.ts';
import { duration, isoSeconds, span, utc } from '../model/age.ts';
import { fraudCodes } from '../model/fraudCodes.ts';
import { instantOf, numberOf, textOf } from '../model/json.ts';
import { rangeOf } from '../model/numberRange.ts';
import { shortSid } from '../model/sid.ts';

/** A message or alert that was looked at; `code` only when it failed with a code of the guide. */
interface Looked {
  readonly sid: string;
  readonly kind: 'message' | 'alert';
  /** What failed: the message itself, or what the alert is about. */
  readonly about: string;
  readonly at: number;
  readonly code: number | undefined;
  readonly range: string | undefined;
}

/** Rows shown below one destination; the counts above them are of all. */
const shownPerRange = 100;
/** From here on a code that also occurs in good times is marked. */
const many = 10;
const alertWindow = 7 * span.day;

const errorCodes: NodeKind<Looked> = {
  id: 'errorCodes',
  heading: 'Fraud error codes (30450 …)',
  about: 'Codes that point to fraud in the newest messages and alerts, by code, then by destination range.',
  icon: 'error',
  order: 6,
  empty: 'Nothing sent yet',
  // Messages cannot be filtered by error code, so the newest are looked through. Alerts hold rejections that never became a
  // message; they carry no log-level filter here because 13227 is only a warning.
  lists: ({ account, now }) => [
    { operation: 'listMessages', account },
    { operation: 'listAlerts', account, query: { StartDate: isoSeconds(now - alertWindow) } },
  ],
  read(item, source) {
    const sid = textOf(item, 'sid');
    const code = numberOf(item, 'error_code');
    const known = code !== undefined && fraudCodes.has(code) ? code : undefined;
    if (source === 'listAlerts') {
      const at = instantOf(item, 'date_created');
      if (!sid || at === undefined) return undefined;
      return { sid, kind: 'alert', about: textOf(item, 'resource_sid') ?? sid, at, code: known, range: undefined };
    }
    const at = instantOf(item, 'date_sent') ?? instantOf(item, 'date_created');
    if (!sid || at === undefined) return undefined;
    return { sid, kind: 'message', about: sid, at, code: known, range: rangeOf(textOf(item, 'to') ?? '') };
  },
  branches(rows, scope) {
    if (rows.length === 0) return [];
    const failed = withoutRepeats(rows.filter(({ code }) => code !== undefined));
    const byCode = [...Map.groupBy(failed, ({ code }) => code ?? 0)];
    const codes = byCode.map(([code, found]) => codeBranch(code, found, scope));
    return [...codes.toSorted((a, b) => rank(a) - rank(b)), extent(rows, failed.length)];
  },
};
export default errorCodes;

/** A failed message and the alert about it are one failure; the message knows the destination. */
function withoutRepeats(rows: readonly Looked[]): readonly Looked[] {
  const messages = new Set(rows.filter(({ kind }) => kind === 'message').map(({ sid }) => sid));
  return rows.filter(({ kind, about }) => kind === 'message' || !messages.has(about));
}

function codeBranch(code: number, found: readonly Looked[], scope: Scope): Branch {
  const known = fraudCodes.get(code);
  const ranges = [...Map.groupBy(found, ({ range }) => range ?? 'destination not in the alert')];
  return {
    id: String(code),
    label: String(code),
    description: [count(found.length), known?.title ?? '', latest(found, scope)].filter(Boolean).join(' · '),
    icon: 'error',
    ...(known && isTelling(known.level, found.length) && { severity: { level: known.level, reason: known.meaning } }),
    facts: [
      ...(known
        ? [
            { name: 'Error', value: `${code} ${known.title}` },
            { name: 'Meaning', value: known.meaning },
            { name: 'What to do', value: known.todo },
          ]
        : []),
      ...spanFacts(found),
    ],
    consolePath: 'us1/monitor/logs/debugger/errors',
    children: ranges
      .toSorted((a, b) => b[1].length - a[1].length)
      .map(([range, inRange]) => rangeBranch(range, inRange, scope)),
  };
}

/** A block by Twilio is a finding each time; filtered or refused messages are everyday until there are many. */
function isTelling(level: Severity, failures: number): boolean {
  return level === 'critical' || (level === 'warning' && failures >= many);
}

function rangeBranch(range: string, found: readonly Looked[], scope: Scope): Branch {
  const newest = found.toSorted((a, b) => b.at - a.at);
  const hidden = newest.length - shownPerRange;
  return {
    id: range,
    label: range,
    description: `${count(found.length)} · ${latest(found, scope)}`,
    icon: 'milestone',
    facts: spanFacts(found),
    children: [
      ...newest.slice(0, shownPerRange).map((one) => ({
        id: one.sid,
        label: shortSid(one.about),
        description: utc(one.at),
        icon: one.kind === 'message' ? 'comment' : 'bell',
        facts: [
          { name: one.kind === 'message' ? 'Message SID' : 'Alert about', value: one.about },
          { name: 'When', value: utc(one.at) },
        ],
        sid: one.about,
        consolePath: one.kind === 'message' ? 'us1/monitor/logs/sms' : 'us1/monitor/logs/debugger/errors',
      })),
      ...(hidden > 0 ? [note('more', `and ${hidden} older ones, counted above`)] : []),
    ],
  };
}

/** Says how far back the look went, because incomplete must not look complete. */
function extent(rows: readonly Looked[], failures: number): Branch {
  const messages = rows.filter(({ kind }) => kind === 'message');
  const oldest = messages.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const since = messages.length > 0 ? `back to ${utc(oldest)}, ` : '';
  const found = failures === 0 ? 'none of the guide’s codes · ' : '';
  return note(
    'extent',
    `Newest ${messages.length} messages read`,
    `${found}${since}and ${rows.length - messages.length} alerts of 7 days`,
  );
}

function note(id: string, label: string, description?: string): Branch {
  return { id, label, ...(description !== undefined && { description }), icon: 'info', facts: [] };
}

function spanFacts(found: readonly Looked[]): Branch['facts'] {
  const times = found.map(({ at }) => at).toSorted((a, b) => a - b);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [
    { name: 'Count', value: String(found.length) },
    { name: 'First', value: utc(first) },
    { name: 'Last', value: utc(last) },
  ];
}

function latest(found: readonly Looked[], scope: Scope): string {
  const newest = found.reduce((most, { at }) => Math.max(most, at), 0);
  return `last ${duration(scope.now - newest)} ago`;
}

function count(number: number): string {
  return `${number}×`;
}

/** Critical codes first, then by how recent the list makes them: the order in which a responder reads. */
function rank(branch: Branch): number {
  const level = branch.severity?.level;
  return level === 'critical' ? 0 : level === 'warning' ? 1 : 2;
}
