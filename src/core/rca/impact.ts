import {
  type Block,
  citationText,
  cited,
  data,
  type Inline,
  type Line,
  left,
  paragraph,
  right,
  strong,
  text,
} from './document.ts';
import type { RcaFacts, TrafficRow } from './facts.ts';
import { count, money, utcMinute } from './formats.ts';

/** What happened, in numbers: a sentence on the whole, a table by country, and whether the reading was complete. */
export function impact({ traffic, trafficFrom, gaps, asOf }: RcaFacts): readonly Block[] {
  const origin = traffic === undefined || trafficFrom === undefined ? [] : [text(`${trafficFrom} `)];
  const completeness = paragraph(...origin, ...completenessOf(gaps));
  if (traffic === undefined) {
    const unread = paragraph(
      text('No traffic has been read for this incident. Run “Show Traffic by Country”, then create the RCA again.'),
    );
    return gaps.length === 0 ? [unread] : [unread, completeness];
  }
  const rows = [...traffic].sort((a, b) => b.excess - a.excess);
  if (rows.length === 0)
    return [paragraph(text(`No country stood out in the 24 hours before ${utcMinute(asOf)}.`)), completeness];
  return [paragraph(...total(rows, asOf)), table(rows), completeness];
}

function total(rows: readonly TrafficRow[], asOf: number): Line {
  const sum = (figure: (row: TrafficRow) => number) => rows.reduce((all, row) => all + figure(row), 0);
  const where = rows.length === 1 ? 'one country' : `${count(rows.length)} countries`;
  return [
    text(`In the 24 hours before ${utcMinute(asOf)}, `),
    strong(`${count(sum((row) => row.observed))} messages`),
    text(` went to ${where} where ${count(sum((row) => row.expected))} a day were to be expected: `),
    strong(`${count(sum((row) => Math.max(0, row.excess)))} in excess`),
    text('. Cost: '),
    ...totalCost(rows),
    text(`. Twilio blocked ${count(sum((row) => row.blocked))} (error 30450, SMS Pumping Protection).`),
    ...deliveredText(rows),
    ...cited(rows.flatMap(({ citations = [] }) => citations)),
  ];
}

function deliveredText(rows: readonly TrafficRow[]): Line {
  if (rows.some(({ delivered }) => delivered === undefined)) return [];
  return [text(` ${count(rows.reduce((all, { delivered = 0 }) => all + delivered, 0))} were delivered.`)];
}

/** One amount per currency: amounts in different currencies have no sum. */
export function totalCost(rows: readonly TrafficRow[]): Line {
  const priced = rows.filter((row) => row.cost !== undefined);
  const currencies = [...new Set(priced.map((row) => row.currency))];
  // A country without any price makes the sum a lower bound, which is an estimate too.
  const partial = priced.length < rows.length;
  if (currencies.length === 0) return money(undefined, undefined, false);
  return currencies.flatMap((currency, i): readonly Inline[] => {
    const own = priced.filter((row) => row.currency === currency);
    const amount = own.reduce((all, row) => all + (row.cost ?? 0), 0);
    const figure = money(amount, currency, partial || own.some((row) => row.costEstimated === true));
    return i === 0 ? figure : [text(' and '), ...figure];
  });
}

function table(rows: readonly TrafficRow[]): Block {
  return {
    kind: 'table',
    columns: [
      ...left('Country'),
      ...right('Messages, last 24 h', 'Expected per day', 'Excess', 'Cost', 'Blocked (30450)'),
      ...left('First seen', 'Evidence'),
    ],
    rows: rows.map((row) => [
      country(row),
      [text(count(row.observed))],
      [text(count(row.expected))],
      [text(count(row.excess))],
      money(row.cost, row.currency, row.costEstimated === true),
      [text(count(row.blocked))],
      [text(row.firstSeen === undefined ? 'not seen' : utcMinute(row.firstSeen))],
      [text(citationText(row.citations))],
    ]),
  };
}

/** `Cuba` (CU). */
export function country({ country: code, name }: TrafficRow): Line {
  const known = /^[A-Z]{2}$/.test(code) ? text(code) : data(code);
  return [data(name), text(' ('), known, text(')')];
}

function completenessOf(gaps: readonly string[]): Line {
  if (gaps.length === 0) return [strong('Complete:'), text(' everything asked for was read.')];
  return [
    strong('Incomplete:'),
    text(' the figures cover only what was read. '),
    ...gaps.flatMap((gap, i) => (i === 0 ? [data(gap)] : [text('; '), data(gap)])),
  ];
}
