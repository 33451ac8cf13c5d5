import { fraudCodes } from '../model/fraudCodes.ts';
import type { TrafficRow } from '../rca/facts.ts';
import type { EventFact, LogFacts } from '../rca/logFacts.ts';
import { eventEntry, waveEntries } from '../rca/timeline.ts';
import type { CheckedSignal } from '../validate/checked.ts';
import type { KnownEntry } from './entry.ts';

/** Security events, and when each error code that speaks of fraud was reported first. */
export function logEntries({ events, codes }: Pick<LogFacts, 'events' | 'codes'>): readonly KnownEntry[] {
  return [
    ...events.map((event) => eventOf(event)),
    ...codes.map(({ code, count, first, last, citations }): KnownEntry => {
      const { title, meaning, todo } = fraudCodes.get(code) ?? { title: '', meaning: '', todo: '' };
      return {
        id: `code/${code}`,
        kind: 'code',
        at: first,
        lane: 'Traffic',
        what: `Error ${code} is reported for the first time`,
        about: [title],
        citations,
        facts: [
          { name: 'Meaning', value: meaning },
          { name: 'What to do', value: todo },
          { name: 'Reported', value: `${count.toLocaleString('en-US')} times` },
          { name: 'Last', value: { at: last } },
        ],
      };
    }),
  ];
}

function eventOf(event: EventFact): KnownEntry {
  const { sid, type, level, account, resource, ip, citations, at } = event;
  return {
    ...eventEntry(event),
    // An event without a SID is told by where it lies.
    id: sid ?? citations[0] ?? `${type}/${at}`,
    kind: 'event',
    level,
    facts: [
      { name: 'Event type', value: type },
      { name: 'Account', value: account },
      { name: 'Resource', value: resource },
      { name: 'Address', value: ip },
    ].filter(({ value }) => value !== ''),
  };
}

/** When messages to a country rose, and when Twilio began to block them. */
export function trafficEntries(rows: readonly TrafficRow[]): readonly KnownEntry[] {
  return rows.flatMap((row) =>
    waveEntries(row).map((entry): KnownEntry => ({ ...entry, kind: 'traffic', level: 'warning' })),
  );
}

/** Since when an indicator of the last validation is hit. */
export function indicatorEntries(
  results: readonly Pick<CheckedSignal, 'id' | 'title' | 'state' | 'sentence' | 'first' | 'evidence' | 'severity'>[],
): readonly KnownEntry[] {
  return results.flatMap(({ id, title, state, sentence, first, evidence, severity }) => {
    if (state !== 'hit' || first === undefined) return [];
    const about = [title, sentence].filter((part) => part !== '');
    return [
      {
        id: `indicator/${id}`,
        kind: 'indicator',
        at: first,
        lane: 'Traffic',
        what: 'Indicator is hit from here on:',
        about: [id, ...about],
        citations: evidence,
        ...(severity && { level: severity }),
      } satisfies KnownEntry,
    ];
  });
}
