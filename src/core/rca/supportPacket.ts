import { incidentTypes } from '../model/incident.ts';
import { e164 } from '../untrusted/phoneNumbers.ts';
import { attack } from './attack.ts';
import { type Block, data, heading, type Line, paragraph, prompt, type RcaDocument, strong, text } from './document.ts';
import { targetIn } from './doneState.ts';
import type { ExampleMessage } from './exampleMessages.ts';
import type { NamedAccount, RcaFacts } from './facts.ts';
import { utcMinute } from './formats.ts';
import { impactedAccounts, typeText } from './impacted.ts';
import { ownNumbers } from './numbers.ts';
import { overview } from './overview.ts';
import { examplesIn, messageSids, sidList } from './packetExamples.ts';
import { numbers as numbersLine } from './summary.ts';
import { onsetOf, timelineEntries } from './timeline.ts';
import type { TimelineEntry } from './timelineEntry.ts';

/** What Twilio Support asks for in a fraud ticket (Fraud & Abuse Response Guide, "Engage"), numbers masked. */
export function createSupportPacket(facts: RcaFacts, examples: readonly ExampleMessage[]): RcaDocument {
  const { accounts, traffic = [] } = facts;
  const type = typeText(facts);
  const { messages, calls } = examplesIn(facts, examples);
  const excessive = traffic.filter(({ excess }) => excess > 0);
  const impacted = impactedAccounts(facts);
  const others = accounts.filter(({ sid }) => impacted.every((one) => one.sid !== sid));
  const senders = [...new Set(examples.map(({ account }) => account))].filter((sid) =>
    [...impacted, ...others].every((one) => one.sid !== sid),
  );
  // Own numbers are nobody else's data, and Support needs them whole; what is no number at all does not get past the pattern.
  const numbers = [...new Set(examples.flatMap(({ from }) => from ?? []))].filter((number) => e164.test(number));
  const services = [...new Set(examples.flatMap(({ service }) => service ?? []))];
  const ranges = excessive.flatMap(({ ranges: own = [] }) => own.map(({ block }) => block));
  const items: readonly Line[] = [
    ...impacted.map(accountLine(', impacted')),
    ...others.map(accountLine('')),
    ...senders.map((sid) => [strong('Sent from:'), text(' '), data(sid)]),
    [strong('Product:'), text(` ${product(facts)}`)],
    ...(type === undefined ? [] : [[strong('Type:'), text(` ${type}`)]]),
    ...dates(facts),
    ...excessive.map(({ name, country: code }) => [
      strong('Recipient country:'),
      text(' '),
      data(name),
      text(' '),
      data(code),
    ]),
    ...(ranges.length === 0 ? [] : [[strong('Prefixes:'), ...ranges.flatMap((block) => [text(' '), data(block)])]]),
    [
      ...numbersLine(facts),
      ...(numbers.length > 0 && !facts.unmasked ? [text(', except of own sending numbers')] : []),
    ],
    ...(numbers.length === 0 ? [] : [[strong(ownNumbers), text(` ${numbers.join(', ')}`)]]),
    ...services.map((sid) => [strong('Messaging service:'), text(' '), data(sid)]),
  ];
  return {
    blocks: [
      heading(1, 'Support packet'),
      {
        kind: 'generated',
        id: 'packet',
        blocks: [
          ...(facts.demo
            ? [paragraph(strong('Demo:'), text(' nothing here happened. Do not send this to Twilio.'))]
            : []),
          { kind: 'list', items },
          paragraph(
            text(
              'E and J numbers in brackets name files and journal records of our own investigation, kept with their SHA-256; a number after a colon is a line of that file.',
            ),
          ),
          heading(2, 'What happened'),
          ...overview(facts),
          heading(2, 'What was attacked'),
          ...attack(facts),
          heading(2, 'Message SIDs'),
          ...messageSids(messages, calls.length > 0),
          ...(calls.length === 0 ? [] : [heading(2, 'Call SIDs'), sidList(calls)]),
          heading(2, 'Suspicious timestamps'),
          ...timestamps(facts),
          heading(2, 'Steps taken'),
          ...steps(facts),
        ],
      },
      prompt('Which phone numbers of yours are concerned, and what did you do outside of Twilio?'),
      prompt('What do you ask Support for (block, credit, reactivation)?'),
    ],
  };
}

/** When the attack was, by what the indicators found, else since when traffic is above the usual level; and beside it what was looked at. */
function dates({ window, verdict, traffic = [] }: RcaFacts): readonly Line[] {
  const whole = `${utcMinute(window.from)} to ${utcMinute(window.to)}`;
  const { first, last } = verdict?.scope ?? {};
  const onset = Math.min(...traffic.filter(({ excess }) => excess > 0).flatMap((row) => onsetOf(row) ?? []));
  const span =
    first !== undefined && last !== undefined
      ? `${utcMinute(first)} to ${utcMinute(last)}`
      : Number.isFinite(onset)
        ? `since ${utcMinute(onset)}`
        : undefined;
  if (span === undefined) return [[strong('Date and time:'), text(` ${whole}`)]];
  return [
    [strong('Date and time:'), text(` ${span}`)],
    [strong('Looked at:'), text(` ${whole}`)],
  ];
}

/** What the incident's type concerns, and calls when an indicator of toll fraud was hit. Ordinary use of a product is no finding. */
function product({ logs, traffic = [], type, verdict }: RcaFacts): string {
  const isAboutCalls =
    type !== incidentTypes['sms-pumping'] &&
    (type !== incidentTypes.smishing || !traffic.some(({ excess }) => excess > 0));
  const isAboutMessages = type !== incidentTypes['toll-fraud'];
  const hit = (part: string) => verdict?.hits.some(({ id }) => id.startsWith(part)) ?? false;
  const found = [
    ...(traffic.length > 0 && (isAboutMessages || hit('P') || hit('S')) ? ['Programmable Messaging'] : []),
    ...(logs?.conversions && (isAboutMessages || hit('P5')) ? ['Verify'] : []),
    ...(logs?.calls && (isAboutCalls || hit('T')) ? ['Programmable Voice'] : []),
  ];
  return found.length > 0 ? found.join(', ') : 'not known yet';
}

const mostTimestamps = 12;

function timestamps(facts: RcaFacts): readonly Block[] {
  const telling = suspicious(timelineEntries(facts));
  if (telling.length === 0) return [paragraph(text('None are known yet.'))];
  return [
    {
      kind: 'list',
      items: telling.map(({ at, what, about = [] }) => [
        text(`${utcMinute(at)}: ${what}`),
        ...about.flatMap((part) => [text(' '), data(part)]),
      ]),
    },
  ];
}

/** What shows the attack, oldest first: onsets and blocks, what new addresses did, other grave events while there is room. */
function suspicious(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const traffic = entries.filter(({ lane }) => lane === 'Traffic');
  const account = entries.filter(({ lane }) => lane === 'Account');
  const fromNew = account.filter(({ standing }) => standing === 'suspicious');
  // Key, token, permission and webhook changes before logins, when not all have room.
  const ofNew = fromNew.toSorted((one, other) => Number(isLogin(one)) - Number(isLogin(other)));
  const waves = traffic.toSorted((one, other) => one.at - other.at);
  const chosen = new Set([...waves.slice(0, mostTimestamps / 2), ...ofNew.slice(0, mostTimestamps / 2)]);
  const unclear = account.filter(({ standing }) => standing === 'grave');
  const rest = fromNew.length > 0 ? unclear : [...unclear, ...account.filter(({ standing }) => standing === undefined)];
  for (const entry of [...ofNew, ...waves, ...rest]) if (chosen.size < mostTimestamps) chosen.add(entry);
  return entries.filter((entry) => chosen.has(entry));
}

function isLogin({ what }: TimelineEntry): boolean {
  return what === 'Console login';
}

function steps(facts: RcaFacts): readonly Block[] {
  const { containment } = facts;
  if (containment.length === 0) return [paragraph(text('No containment step is recorded yet.'))];
  return [
    {
      kind: 'list',
      items: containment
        .toSorted((one, other) => one.at - other.at)
        .map((step) => [
          text(`${utcMinute(step.at)}: `),
          data(step.action),
          text(' '),
          ...targetIn(facts, step),
          text(`, ${step.outcome}`),
        ]),
    },
  ];
}

function accountLine(standing: string): (account: NamedAccount) => Line {
  return ({ sid, name }) => [strong('Account SID:'), text(' '), data(sid), text(', '), data(name), text(standing)];
}
