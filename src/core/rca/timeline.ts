import { type Block, citationText, data, type Line, left, paragraph, text } from './document.ts';
import type { ContainmentStep, RcaFacts, TrafficRow } from './facts.ts';
import { count, utcMinute } from './formats.ts';
import type { EventFact } from './logFacts.ts';
import { lanes, type Mark, rankOf, type TimelineEntry } from './timelineEntry.ts';

/** More than anybody reads. */
const mostRows = 200;

/** With more rows than these, ordinary ones would hide the attack. */
const mostWithOrdinary = 15;

/** Everything known of the incident in the order in which it happened: events, onsets, blocks, containment, and what the journal tells. */
export function timelineEntries(facts: RcaFacts): readonly TimelineEntry[] {
  return told(facts).entries;
}

/** The entries, and the ordinary events that are left out. */
function told(facts: RcaFacts): { readonly entries: readonly TimelineEntry[]; readonly left: readonly EventFact[] } {
  const { window, traffic = [], logs, containment, journal = [], marks } = facts;
  const markOf = ({ id, citations: [citation = ''] }: TimelineEntry): Mark | undefined => marks?.get(id ?? citation);
  const isStarred = (entry: TimelineEntry): boolean => markOf(entry)?.isStarred ?? false;
  const onset = Math.min(...traffic.flatMap((row) => onsetOf(row) ?? []));
  const logged = (logs?.events ?? []).map((event) => ({
    event,
    entry: { ...eventEntry(event), ...standingOf(event, onset) },
  }));
  const chosen = new Set(telling(logs?.events ?? []));
  const events = logged.filter(({ event, entry }) => chosen.has(event) || isStarred(entry)).map(({ entry }) => entry);
  const outside = (logs?.starredOutside ?? []).map(eventEntry);
  const waves = traffic.flatMap(waveEntries);
  const steps = containment.map(stepEntry);
  const all = [...events, ...outside, ...waves, ...journal, ...steps]
    .filter((entry) => Number.isFinite(entry.at) && (entry.at >= window.from || isStarred(entry)))
    .toSorted((one, other) => one.at - other.at);
  const isOrdinary = (entry: TimelineEntry): boolean => entry.standing === 'ordinary' && !isStarred(entry);
  const tooMany = all.length > mostWithOrdinary && all.some(isOrdinary);
  const telltale = tooMany ? all.filter((entry) => !isOrdinary(entry)) : all;
  const room = Math.max(0, mostRows - telltale.filter(isStarred).length);
  const kept = new Set(
    telltale
      .filter((entry) => !isStarred(entry))
      .toSorted((one, other) => rankOf(one) - rankOf(other))
      .slice(0, room),
  );
  const entries = telltale
    .filter((entry) => isStarred(entry) || kept.has(entry))
    .map((entry) => {
      const { notes = [] } = markOf(entry) ?? {};
      return notes.length === 0 ? entry : { ...entry, about: [...(entry.about ?? []), ...notes] };
    });
  const ordinary = logged.filter(({ event, entry }) => event.at >= window.from && isOrdinary(entry));
  return { entries, left: tooMany ? ordinary.map(({ event }) => event) : [] };
}

/** What a known address did is ordinary, unless it is grave and of the day before the onset or later: it may be an attacker inside. */
function standingOf({ address, level, at }: EventFact, onset: number): Pick<TimelineEntry, 'standing'> {
  if (address === 'new') return { standing: 'suspicious' };
  const isOld = Number.isFinite(onset) && at < onset - 86_400_000;
  if (address === 'usual' && (level === 'notice' || isOld)) return { standing: 'ordinary' };
  return level === 'notice' ? {} : { standing: 'grave' };
}

/** A security event: what it was, how and from where. */
export function eventEntry(event: EventFact): TimelineEntry {
  const how = event.source === 'api' ? ' by API' : event.source === 'web' ? ' in the Console' : '';
  return {
    ...(event.sid !== undefined && { id: event.sid }),
    at: event.at,
    lane: 'Account',
    what: event.title.includes('Console') ? event.title : `${event.title}${how}`,
    about: [event.ip && `from ${event.ip}`, event.description || event.resource].filter((part) => part !== ''),
    citations: event.citations,
  };
}

/** When messages to a country rose, and when Twilio began to block them. */
export function waveEntries(row: TrafficRow): readonly (TimelineEntry & { readonly id: string })[] {
  const { blocking, name, country, citations = [] } = row;
  const began = onsetOf(row);
  const about = { lane: 'Traffic' as const, about: [name], citations };
  const id = (what: string): string => `traffic/${country}/${what}`;
  return [
    ...(began === undefined
      ? []
      : [{ ...about, id: id('onset'), at: began, what: 'Messages above the usual level begin' }]),
    ...(blocking
      ? [
          {
            ...about,
            id: id('blocks'),
            at: blocking.from,
            what: 'In this hour Twilio begins to block messages (30450)',
          },
        ]
      : []),
  ];
}

/** A step of containment and how it ended. */
export function stepEntry(step: ContainmentStep): TimelineEntry {
  return {
    at: step.at,
    lane: 'Containment',
    what: `Containment step, ${step.outcome}`,
    about: [step.action, step.target].filter((part) => part !== ''),
    citations: step.citations ?? [],
  };
}

/** When messages to a country rose: the first hour above the usual level, or the first message of it. Epoch milliseconds. */
export function onsetOf({ since, firstSeen }: Pick<TrafficRow, 'since' | 'firstSeen'>): number | undefined {
  return since !== undefined && firstSeen !== undefined ? Math.max(since, firstSeen) : (since ?? firstSeen);
}

/** Grave events, whatever a new address did, and everyday events of addresses that did something grave. All others are in the evidence; here they would hide what matters. */
function telling(events: readonly EventFact[]): readonly EventFact[] {
  const grave = events.filter(({ level }) => level !== 'notice');
  const addresses = new Set(grave.map(({ ip }) => ip).filter((ip) => ip !== ''));
  return events.filter(({ level, ip, address }) => level !== 'notice' || address === 'new' || addresses.has(ip));
}

/** A table in UTC, and above it a diagram of the same for whom it helps. */
export function timeline(facts: RcaFacts): readonly Block[] {
  const { entries, left: ordinary } = told(facts);
  if (entries.length === 0)
    return [paragraph(text('Nothing is known yet of what happened when. Collect evidence, then refresh this block.'))];
  return [
    ...diagram(entries),
    {
      kind: 'table',
      columns: left('Time (UTC)', 'What', 'Evidence'),
      rows: entries.map((entry): readonly Line[] => [
        [text(utcMinute(entry.at))],
        [text(entry.what), ...(entry.about ?? []).flatMap((part) => [text(' '), data(part)])],
        [text(citationText(entry.citations))],
      ]),
    },
    ...leftOut(ordinary),
  ];
}

/** That ordinary events are left out, and where they are. */
function leftOut(left: readonly EventFact[]): readonly Block[] {
  if (left.length === 0) return [];
  const files = citationText(left.flatMap(({ citations }) => citations.flatMap((one) => one.split(':', 1))));
  const where = files === '–' ? 'in the captured security events' : `in ${files}`;
  const what =
    left.length === 1 ? 'One ordinary event from an address' : `${count(left.length)} ordinary events from addresses`;
  return [
    paragraph(text(`${what} seen before ${left.length === 1 ? 'is' : 'are'} left out here, to be found ${where}.`)),
  ];
}

/** Milestones in lanes. Only words of ours and times: hostile text never becomes a label. */
function diagram(entries: readonly TimelineEntry[]): readonly Block[] {
  const shown = lanes
    .filter((lane) => lane !== 'Record')
    .map((lane) => ({ lane, own: distinct(entries.filter((entry) => entry.lane === lane)) }))
    .filter(({ own }) => own.length > 0);
  if (shown.reduce((sum, { own }) => sum + own.length, 0) < 2) return [];
  return [
    {
      kind: 'diagram',
      lines: [
        'gantt',
        '  dateFormat YYYY-MM-DD HH:mm',
        '  axisFormat %d %b %H:%M',
        ...shown.flatMap(({ lane, own }) => [
          `  section ${lane}`,
          ...own.map(
            ({ what, at }) => `  ${what.replace(/[:;#,]/g, '')} :milestone, ${utcMinute(at).slice(0, 16)}, 0m`,
          ),
        ]),
      ],
    },
  ];
}

const mostMilestones = 8;

/** The first of each kind, so that the diagram can be read. */
function distinct(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  return entries.filter(({ what }, i) => entries.findIndex((one) => one.what === what) === i).slice(0, mostMilestones);
}
