import type { Connection } from '../model/connection.ts';
import { shortSid } from '../model/sid.ts';
import { describe } from '../twilio/request.ts';
import { untrusted } from '../untrusted.ts';
import type { BaselineProgress, BaselineResult } from './baselineProgress.ts';
import { daysIn } from './days.ts';
import { type ExportOrder, type OrderOutcome, orderRequest } from './orderRecord.ts';

/** The list in which the order is confirmed lies over the first lines of the editor. */
const belowTheList = ['', '', '', ''];

/** What Twilio does with an order. https://www.twilio.com/docs/usage/bulkexport */
const sideEffects = [
  'Twilio writes an e-mail to the owners and administrators of each account named here. It cannot be switched off: if an attacker reads these mailboxes, they learn of the export.',
  'Twilio logs `bulkexports.created` for each job and `bulkexports.downloaded` for each file, in the name of the credential in use.',
  'The files stay at Twilio for 7 days, and whoever has a credential of the account can fetch them.',
  'Only what was processed in Twilio’s region US1 is exported; nothing of IE1 or AU1.',
  'At most 366 days can be asked for per UTC day, over an account and its subaccounts together.',
  'The last 48 hours cannot be exported.',
  'No e-mail address and no webhook are given to Twilio. Jobs take minutes to hours. A job that has begun cannot be taken back here.',
];

/** All orders as Markdown that reads well unrendered, for a person to read before confirming. Hostile text is inert in it. */
export function orderText(orders: readonly ExportOrder[], connection: Connection): string {
  return [
    '# Order a baseline from BulkExport: nothing has been sent yet',
    ...belowTheList,
    `- Account: ${say(connection.name)} (${connection.account})${connection.demo ? ', the demo: nothing real is touched' : ''}`,
    `- Export jobs: ${orders.length}`,
    '- Can be undone? No. Files go away by themselves after 7 days.',
    '',
    'What this does at Twilio:',
    '',
    ...sideEffects.map((effect) => `- ${effect}`),
    '',
    ...orders.flatMap((order, index) => orderLines(order, index + 1)),
  ].join('\n');
}

function orderLines(order: ExportOrder, number: number): readonly string[] {
  const { account, name, type, start, end } = order;
  return [
    `## ${number}. ${say(name)} (${account})`,
    '',
    `- ${type}, ${start} to ${end} (${daysIn(order).length} days, UTC)`,
    '',
    'Exactly this request is sent:',
    '',
    `    ${describe(orderRequest(order))}`,
    '',
  ];
}

/** How orders ended, the worst first, as one sentence; `undefined` when all became jobs. May hold hostile text. */
export function orderProblem(outcomes: readonly OrderOutcome[]): string | undefined {
  const bad = outcomes.filter(({ result }) => result !== 'done' && result !== 'already');
  const worst = bad.find(({ result }) => result !== 'not-tried') ?? bad[0];
  if (!worst) return undefined;
  const { order, sentence } = worst;
  return `${outcomes.length - bad.length} of ${outcomes.length} export jobs were created. ${order.name || shortSid(order.account)}: ${sentence}`;
}

/** `12 of 28 days, 48,211 rows; Twilio works on 16 more, next look in 30 s`. */
export function baselineProgressText({ rows, captured, of, waiting }: BaselineProgress): string {
  const done = `${captured} of ${of} days, ${count(rows)} rows`;
  if (!waiting) return done;
  return `${done}; Twilio works on ${waiting.days} more, next look in ${Math.round(waiting.next / 1000)} s`;
}

/** How it ended, as sentences. May hold hostile text. */
export function baselineSentence({ days, rows, waiting, missing, failures, cancelled }: BaselineResult): string {
  const got = `${count(days)} days of baseline captured, ${count(rows)} rows.`;
  const open = [
    waiting > 0 && `Twilio still works on ${waiting} days: run “Collect Baseline (BulkExport)…” again to go on.`,
    missing > 0 && `${missing} days are not exported.`,
    failures[0],
    failures.length > 1 &&
      `${failures.length - 1} more went wrong alike; what is missing can be fetched by running it again.`,
  ];
  return [cancelled ? `Stopped. ${got}` : got, ...open]
    .filter((part) => part !== false && part !== undefined)
    .join(' ');
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

function say(text: string): string {
  return untrusted(text).for('markdown');
}
