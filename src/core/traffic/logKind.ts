/** The logs that can be imported. */
export type LogKind = 'messages' | 'calls' | 'attempts';

/** What a file is told to be by its first bytes: a log, or something else of Twilio's, named in the plural. */
export type Recognised = { readonly log: LogKind } | { readonly looksLike: string };

/** Twilio's resources by the first two letters of their SIDs. https://www.twilio.com/docs/glossary/what-is-a-sid */
const resources: Readonly<Record<string, Recognised>> = {
  SM: { log: 'messages' },
  MM: { log: 'messages' },
  CA: { log: 'calls' },
  VL: { log: 'attempts' },
  AC: { looksLike: 'accounts' },
  AE: { looksLike: 'Monitor events' },
  CF: { looksLike: 'conferences' },
  CP: { looksLike: 'conference participants' },
  CN: { looksLike: 'Connect apps' },
  AP: { looksLike: 'TwiML apps' },
  MG: { looksLike: 'Messaging Services' },
  NO: { looksLike: 'alerts' },
  PN: { looksLike: 'phone numbers' },
  RE: { looksLike: 'recordings' },
  SK: { looksLike: 'API keys' },
  UT: { looksLike: 'usage triggers' },
  VA: { looksLike: 'Verify services' },
  VE: { looksLike: 'verifications' },
};
const lists: Readonly<Record<string, Recognised>> = {
  messages: { log: 'messages' },
  calls: { log: 'calls' },
  attempts: { log: 'attempts' },
  usage_records: { looksLike: 'usage records' },
};

/** Members of a page before its list: texts, numbers, and the flat `meta` of newer APIs. */
export const pageStart = /^\s*\{(?:\s*"[a-z_]+"\s*:\s*(?:"[^"\\]*"|null|\d+|\{[^{}]*\})\s*,)*\s*"([a-z_]+)"\s*:\s*\[/;

/** What JSON that begins so is; `undefined` when nothing in it says. The first record of a known kind decides. */
export function kindOfJson(head: string): Recognised | undefined {
  const list = pageStart.exec(head)?.[1];
  if (list !== undefined && Object.hasOwn(lists, list)) return lists[list];
  let other: Recognised | undefined;
  for (const [, prefix = ''] of head.matchAll(/"sid"\s*:\s*"([A-Z]{2})[0-9a-fA-F]{32}"/g)) {
    const found = Object.hasOwn(resources, prefix) ? resources[prefix] : undefined;
    if (found && 'log' in found) return found;
    other ??= found;
  }
  return other ?? (/"(?:usage_unit|usageUnit)"\s*:/.test(head) ? lists['usage_records'] : undefined);
}

/** What a CSV file with these columns is (names without case, blanks and punctuation); `undefined` when they do not say. */
export function kindOfColumns(columns: readonly string[]): Recognised | undefined {
  const has = (...names: readonly string[]): boolean => names.some((name) => columns.includes(name));
  if (has('conversionstatus', 'verificationsid', 'attemptsid')) return { log: 'attempts' };
  const isMessage = has('body', 'numsegments', 'segments', 'messagesegments', 'messagesid', 'smssid', 'nummedia');
  if (!isMessage && (has('callsid') || has('duration', 'callduration', 'starttime', 'endtime')))
    return { log: 'calls' };
  if (isMessage) return { log: 'messages' };
  if (has('eventtype', 'actorsid')) return { looksLike: 'Monitor events' };
  if (has('alerttext', 'loglevel')) return { looksLike: 'alerts' };
  if (has('usageunit', 'category')) return { looksLike: 'usage records' };
  return undefined;
}

/** `Call SID` → `callsid`, `Start Time (UTC)` → `starttime`. */
export function columnName(name: string): string {
  const letters = name.toLowerCase().replace(/[^a-z]/g, '');
  return letters.replace(/(?<=.)(?:utc|gmt)$/, '');
}
