import { fraudCodes } from '../model/fraudCodes.ts';
import { type Block, cited, data, type Inline, type Line, paragraph, strong, text } from './document.ts';
import type { RcaFacts, TrafficRow } from './facts.ts';
import { count, utcMinute } from './formats.ts';
import { country } from './impact.ts';
import type { EventFact } from './logFacts.ts';
import { onsetOf } from './timeline.ts';

const mostNamed = 5;

/** What was attacked, and by what it shows: each statement with where it comes from. */
export function attack(facts: RcaFacts): readonly Block[] {
  const items = [...traffic(facts), ...codes(facts), ...account(facts)];
  if (items.length === 0)
    return [
      paragraph(
        text('Neither traffic nor events of this incident are known yet. Collect evidence, then refresh this block.'),
      ),
    ];
  return [{ kind: 'list', items }];
}

function traffic({ traffic: rows = [] }: RcaFacts): readonly Line[] {
  const excessive = rows.filter(({ excess }) => excess > 0).toSorted((one, other) => other.excess - one.excess);
  return excessive.flatMap((row) => [destination(row), ...senders(row), ...ranges(row)]);
}

function destination(row: TrafficRow): Line {
  const { observed, expected, blocking, citations } = row;
  const began = onsetOf(row);
  return [
    strong('Destination:'),
    text(' '),
    ...country(row),
    text(`: ${messagesText(observed)} in 24 hours where ${count(expected)} a day were to be expected`),
    ...(began === undefined ? [] : [text(`, above the usual level since ${utcMinute(began)}`)]),
    ...(blocking ? [text(`, blocked by Twilio since the hour of ${utcMinute(blocking.from)}`)] : []),
    ...(row.label ? [text(taken[row.label])] : []),
    ...cited(citations),
  ];
}

/** What the counts alone make of it. */
const taken = {
  fraud: '. It looks like fraud: by its number ranges or by what Twilio blocked, not by volume alone',
  review: '. Its volume alone does not tell it from a campaign or a launch',
} as const;

function senders({ senders: all = [], citations }: TrafficRow): readonly Line[] {
  const [first] = all;
  if (!first) return [];
  return [
    [
      strong('Sent by:'),
      text(' '),
      ...joined(
        all
          .slice(0, mostNamed)
          .map(({ name, sid, messages }) => [data(name || sid), text(` ${messagesText(messages)}`)]),
      ),
      ...cited(citations),
    ],
  ];
}

function ranges({ ranges: all = [], citations }: TrafficRow): readonly Line[] {
  if (all.length === 0) return [];
  return [
    [
      strong('Number ranges:'),
      text(' '),
      ...joined(
        all.slice(0, mostNamed).map(({ block, messages }) => [range(block), text(` ${messagesText(messages)}`)]),
      ),
      ...cited(citations),
    ],
  ];
}

function messagesText(messages: number): string {
  return `${count(messages)} ${messages === 1 ? 'message' : 'messages'}`;
}

/** `+7958111xxxx` is ours and masked already; anything else that claims to be a range is data. */
function range(block: string): Inline {
  return /^\+\d{1,11}x{2,12}$/.test(block) ? text(block) : data(block);
}

/** Codes that everyday traffic has as well are left out. */
function codes({ logs }: RcaFacts): readonly Line[] {
  return (logs?.codes ?? [])
    .filter(({ code }) => fraudCodes.get(code)?.level !== 'notice')
    .slice(0, mostNamed)
    .map(({ code, count: times, first, last, citations }) => [
      strong(`Error ${code}:`),
      text(
        ` ${fraudCodes.get(code)?.title ?? 'unknown'}, reported ${count(times)} times from ${utcMinute(first)} to ${utcMinute(last)}`,
      ),
      ...cited(citations),
    ]);
}

/** Security events by kind, address and who did it, those of new addresses first: what a usual address did is not the attack's. */
function account({ logs }: RcaFacts): readonly Line[] {
  const events = (logs?.events ?? []).filter(({ level, address }) => level !== 'notice' || address === 'new');
  const groups = [...Map.groupBy(events, ({ title, ip, actor = '' }) => JSON.stringify([title, ip, actor])).values()];
  const shown = groups.toSorted((one, other) => rank(one) - rank(other));
  const left = shown.length - mostGroups;
  return [
    ...shown.slice(0, mostGroups).flatMap((own): readonly Line[] => {
      const [first] = own;
      if (!first) return [];
      const { title, ip, address, at } = first;
      return [
        [
          strong('Account:'),
          text(` ${title}${times(own)}`),
          ...(ip === '' ? [] : [text(' from '), data(ip)]),
          ...(address ? [text(address === 'new' ? ', an address not seen before' : ', an address seen before')] : []),
          text(`, first ${utcMinute(at)}`),
          ...cited(own.flatMap(({ citations }) => citations)),
        ],
      ];
    }),
    ...(left > 0 ? [[strong('Account:'), text(` ${count(left)} more in the captured security events`)]] : []),
  ];
}

const mostGroups = 20;

function rank([event]: readonly EventFact[]): number {
  return event?.address === 'new' ? 0 : event?.address === 'usual' ? 2 : 1;
}

function times({ length }: readonly EventFact[]): string {
  return length === 1 ? '' : `, ${count(length)} times`;
}

function joined(parts: readonly Line[]): Line {
  return parts.flatMap((part, i) => (i === 0 ? part : [text(', '), ...part]));
}
