import { span } from '../model/age.ts';
import { firstHourOfLastDay } from '../traffic/table.ts';
import { windowEndingAt } from '../traffic/window.ts';
import { type Block, cited, data, type Line, paragraph, strong, text } from './document.ts';
import type { RcaFacts, TrafficRow } from './facts.ts';
import { count, lasting, utcMinute } from './formats.ts';
import { totalCost } from './impact.ts';
import type { EventFact } from './logFacts.ts';
import { onsetOf } from './timeline.ts';

const mostNamed = 4;

/** The incident in a few sentences, for whoever reads no further: what, through whom, what came before, and how soon it was stopped. */
export function overview(facts: RcaFacts): readonly Block[] {
  const happened = [...what(facts), ...startAndEnd(facts), ...before(facts), ...blocked(facts)];
  const unknown = 'What happened is not known yet. Collect evidence, validate it, then refresh this block.';
  return [
    ...(happened.length > 0 ? [] : [paragraph(text(unknown))]),
    { kind: 'list', items: [...happened, ...reaction(facts)] },
  ];
}

function excessive({ traffic = [] }: RcaFacts): readonly TrafficRow[] {
  return traffic.filter(({ excess }) => excess > 0).toSorted((one, other) => other.excess - one.excess);
}

/** What looks like fraud; where nothing does, all that is above what is usual. */
function attacked(facts: RcaFacts): readonly TrafficRow[] {
  const rows = excessive(facts);
  const fraud = rows.filter(({ label }) => label === 'fraud');
  return fraud.length > 0 ? fraud : rows;
}

/** Epoch milliseconds of the first sign in the traffic, else of what the indicators found. */
function onset(facts: RcaFacts): number | undefined {
  const starts = (facts.verdict?.types ?? []).flatMap(({ start }) => start ?? []);
  return trafficOnset(facts) ?? (starts.length > 0 ? Math.min(...starts) : undefined);
}

function trafficOnset(facts: RcaFacts): number | undefined {
  const onsets = excessive(facts).flatMap((row) => onsetOf(row) ?? []);
  return onsets.length > 0 ? Math.min(...onsets) : undefined;
}

/** By the guide: of a takeover the first unexpected change, of smishing the first suspicious message, else the first rise. */
function startAndEnd(facts: RcaFacts): readonly Line[] {
  const { verdict, window, asOf } = facts;
  const { types = [], hits = [], scope, citation } = verdict ?? {};
  // Traffic tells the minute; an indicator may know the day alone.
  const rise = trafficOnset(facts);
  const starts = types.flatMap(({ type, grade, start }) => {
    const at = type === 'sms-pumping' ? (rise ?? start) : start;
    return at === undefined || grade === 'possible' ? [] : [{ type, at }];
  });
  const [first] = starts.toSorted((one, other) => one.at - other.at);
  if (!first || citation === undefined) return [];
  // The evidence may go on after the window. An indicator may know the day alone, whose end may be still to come.
  const signs = hits.flatMap((hit) =>
    hit.last === undefined || hit.last > Math.max(window.to, asOf) ? [] : [hit.last],
  );
  const ends = [
    ...(scope?.last === undefined ? [] : [scope.last]),
    ...signs,
    ...attacked(facts).flatMap((row) => row.lastAbove ?? []),
  ];
  const last = attacked(facts).some(({ isOn }) => isOn)
    ? `; still on at ${utcMinute(asOf)}, where the traffic counted ends`
    : ends.length === 0
      ? ''
      : `; last sign in the evidence ${utcMinute(Math.max(...ends))}`;
  return [
    [strong('Start and end:'), text(` ${utcMinute(first.at)}, ${firstSigns[first.type]}${last}`), ...cited([citation])],
  ];
}

const firstSigns = {
  'account-takeover': 'the first unexpected change in the account',
  'sms-pumping': 'the first rise',
  'toll-fraud': 'the first suspicious calls',
  smishing: 'the first suspicious message',
} as const;

function what(facts: RcaFacts): readonly Line[] {
  const rows = excessive(facts);
  const began = onset(facts);
  if (rows.length === 0) return found(facts);
  const excess = rows.reduce((all, row) => all + row.excess, 0);
  // The counts are of a day: what began before it sent more than they say.
  const isOlder = began !== undefined && began < windowEndingAt(facts.asOf).from + firstHourOfLastDay * span.hour;
  const senders = [...new Set(rows.flatMap(({ senders: own = [] }) => own.map(({ name, sid }) => name || sid)))];
  return [
    [
      strong('What happened:'),
      text(
        ` ${began === undefined || isOlder ? '' : `from ${utcMinute(began)}, `}${count(excess)} messages more than usual went to `,
      ),
      ...names(rows.map(({ name }) => name)),
      ...(senders.length === 0 ? [] : [text(', sent by '), ...names(senders)]),
      ...(isOlder
        ? [text(`, in the 24 hours before ${utcMinute(facts.asOf)} alone; it began ${utcMinute(began)}`)]
        : []),
      text('. Cost: '),
      ...totalCost(rows),
      ...cited(rows.flatMap(({ citations = [] }) => citations)),
    ],
  ];
}

/** Without a country that stands out: the surest indicators. */
function found({ verdict }: RcaFacts): readonly Line[] {
  return (verdict?.hits ?? [])
    .filter(({ severity }) => severity === 'critical')
    .slice(0, 2)
    .map(({ sentence, citations }) => [strong('What happened:'), text(' '), data(sentence), ...cited(citations)]);
}

/** What an address that was never seen before did in the account until shortly after the onset. */
function before(facts: RcaFacts): readonly Line[] {
  const began = onset(facts) ?? Number.POSITIVE_INFINITY;
  const early = (facts.logs?.events ?? []).filter(({ address, at }) => address === 'new' && at <= began);
  const [first] = early;
  if (!first) return [];
  const addresses = [...new Set(early.map(({ ip }) => ip))];
  const kinds = [...Map.groupBy(early, ({ title }) => title)];
  return [
    [
      strong('Before that:'),
      text(` from ${utcMinute(first.at)}, `),
      ...names(addresses),
      text(
        `, not seen before: ${kinds
          .slice(0, mostNamed + 2)
          .map(kindText)
          .join(', ')}`,
      ),
      ...cited(early.flatMap(({ citations }) => citations)),
    ],
  ];
}

function kindText([title, { length }]: readonly [string, readonly EventFact[]]): string {
  return length === 1 ? title : `${title} (${count(length)} times)`;
}

function blocked(facts: RcaFacts): readonly Line[] {
  const rows = excessive(facts).filter(({ blocking }) => blocking);
  const [first] = rows.toSorted((one, other) => (one.blocking?.from ?? 0) - (other.blocking?.from ?? 0));
  if (!first?.blocking) return [];
  const total = rows.reduce((all, row) => all + row.blocked, 0);
  return [
    [
      strong('What Twilio did:'),
      text(` blocked ${count(total)} of them (30450), beginning in the hour of ${utcMinute(first.blocking.from)}`),
      ...cited(rows.flatMap(({ citations = [] }) => citations)),
    ],
  ];
}

/** How long it went on: what a reader asks first. */
function reaction(facts: RcaFacts): readonly Line[] {
  const { containment, journal = [] } = facts;
  const began = onset(facts);
  const opened = journal.find(({ what: said }) => said.startsWith('Investigation opened'));
  const [step] = containment.filter(({ outcome }) => outcome === 'done').toSorted((one, other) => one.at - other.at);
  const what = trafficOnset(facts) === undefined ? 'it' : 'the rise';
  const after = (at: number) =>
    began === undefined || at < began ? '' : `, ${lasting(at - began)} after ${what} began`;
  return [
    ...(opened
      ? [
          [
            strong('Investigated:'),
            text(` since ${utcMinute(opened.at)}${after(opened.at)}`),
            ...cited(opened.citations),
          ],
        ]
      : []),
    step
      ? [
          strong('First contained:'),
          text(` ${utcMinute(step.at)}${after(step.at)}: `),
          data(step.action),
          text(' '),
          data(step.target),
          ...cited(step.citations),
        ]
      : [strong('First contained:'), text(' no containment step is recorded as done yet'), ...cited(opened?.citations)],
  ];
}

function names(all: readonly string[]): Line {
  const shown = all.slice(0, mostNamed);
  const left = all.length - shown.length;
  return [
    ...shown.flatMap((one, i) => (i === 0 ? [data(one)] : [text(', '), data(one)])),
    ...(left > 0 ? [text(` and ${count(left)} more`)] : []),
  ];
}
