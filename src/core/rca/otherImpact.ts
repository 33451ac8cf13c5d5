import type { CallFacts } from './callFacts.ts';
import { type Block, cited, data, type Line, strong, text } from './document.ts';
import { extent } from './extent.ts';
import type { RcaFacts, TrafficRow } from './facts.ts';
import { count, money, rate, utcMinute } from './formats.ts';
import type { Conversions, EventFact } from './logFacts.ts';

/** How far it goes, smishing, Verify conversion, calls and data that was read: what the guide asks for beside messages. Silent where nothing was read. */
export function otherImpact(facts: RcaFacts): readonly Block[] {
  const { logs, evidence, recipients, traffic = [], verdict } = facts;
  const items = [
    ...extent(facts),
    ...phishing(verdict),
    ...reached(recipients, traffic),
    ...conversions(logs?.conversions),
    ...calls(logs?.calls),
    ...(logs ? access(logs.events, eventFiles(evidence)) : []),
  ];
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

function reached(known: RcaFacts['recipients'], traffic: readonly TrafficRow[]): readonly Line[] {
  if (!known && traffic.some(({ excess }) => excess > 0))
    return [
      [
        strong('Unique recipients:'),
        text(' not counted, for which the messages themselves are needed. Collect them as evidence, then refresh.'),
      ],
    ];
  if (!known || known.numbers + known.unknown === 0) return [];
  const { numbers, unknown, since, citations } = known;
  const masked =
    unknown === 0 ? '' : `; not told apart: those of ${count(unknown)} messages without a whole number as recipient`;
  return [
    [
      strong('Unique recipients:'),
      text(
        ` ${unknown === 0 ? '' : 'at least '}${count(numbers)} in the countries above since ${utcMinute(since)}${masked}`,
      ),
      ...cited(citations),
    ],
  ];
}

/** What was sent of the texts that are called smishing, as it was counted when the indicators were checked. */
function phishing(verdict: RcaFacts['verdict']): readonly Line[] {
  const hit = verdict?.hits.find(({ id, severity }) => id === 'S1' && severity !== 'notice');
  if (!verdict || !hit) return [];
  const { scope } = verdict;
  if (!scope?.phishing)
    return [[strong('Smishing:'), text(' not counted when the indicators were checked. Validate again to count it.')]];
  const { messages, delivered, recipients, reached: got } = scope.phishing;
  return [
    [
      strong('Smishing:'),
      text(` ${count(messages)} messages of the suspicious texts to ${count(recipients)} recipients; `),
      text(`${count(delivered)} were delivered, to ${count(got)} of them`),
      ...cited(hit.citations),
    ],
  ];
}

function conversions(known: NonNullable<RcaFacts['logs']>['conversions']): readonly Line[] {
  if (!known) return [];
  const { before, since, citations } = known;
  if (since.attempts === 0)
    return [[strong('Verify conversion:'), text(` ${share(before)} over the window`), ...cited(citations)]];
  const normal = before.attempts === 0 ? '' : `${share(before)} before the onset, `;
  return [[strong('Verify conversion:'), text(` ${normal}${share(since)} from it on`), ...cited(citations)]];
}

/** `74.2 % of 1,203 attempts`. */
function share({ attempts, converted }: Conversions): string {
  return attempts === 0 ? 'no attempts' : `${rate((100 * converted) / attempts)} % of ${count(attempts)} attempts`;
}

function calls(known: CallFacts | undefined): readonly Line[] {
  if (!known) return [];
  const { calls: made, minutes, longestSeconds, cost, unpriced, destinations, citations } = known;
  const isEstimated = unpriced > 0;
  const paid = cost.flatMap(({ currency, amount }) => [text(', '), ...money(amount, currency, isEstimated)]);
  return [
    [
      strong('Outbound calls:'),
      text(` ${count(made)} with ${count(minutes)} begun minutes, the longest ${rate(longestSeconds / 60)} minutes`),
      ...paid,
      ...cited(citations),
    ],
    [
      strong('Most minutes:'),
      text(` ${destinations.map(({ name, minutes: long }) => `${name} ${count(long)}`).join(', ')}`),
      ...cited(citations),
    ],
  ];
}

const reading = /^(?:bulkexports|recording|transcription)\./;

/** Exports, recordings and transcriptions that were read: the privacy impact. */
function access(events: readonly EventFact[], captured: readonly string[]): readonly Line[] {
  const read = events.filter(({ type }) => reading.test(type));
  if (read.length === 0)
    return captured.length === 0
      ? []
      : [
          [
            strong('Data read:'),
            text(' the captured events tell of no export, recording or transcription that was read'),
            ...cited(captured),
          ],
        ];
  return read.map(({ at, title, ip, description, citations }) => [
    strong('Data read:'),
    text(` ${title} at ${utcMinute(at)}`),
    ...(ip === '' ? [] : [text(' from '), data(ip)]),
    text(', '),
    data(description),
    ...cited(citations),
  ]);
}

function eventFiles(evidence: RcaFacts['evidence']): readonly string[] {
  return (evidence?.files ?? []).filter(({ file }) => file.startsWith('evidence/events-')).map(({ id }) => id);
}

/** Pictures of the traffic. */
export function figures({ figures: all = [] }: RcaFacts): readonly Block[] {
  return all.map(({ file, alt }) => ({ kind: 'figure', file, alt }));
}
