import { type Block, citationText, type Line, left, paragraph, text } from './document.ts';
import type { RcaFacts, TrafficRow } from './facts.ts';
import { count, rate, utcMinute } from './formats.ts';
import { onsetOf } from './timeline.ts';

/** The five root-cause classes of Twilio's fraud guide. */
export const causeClasses = {
  'credential-exposure': 'Credential exposure',
  'weak-authentication': 'Weak authentication',
  'unprotected-endpoint': 'Unprotected public endpoint',
  'permissive-geo': 'Permissive geo-permissions',
  'insufficient-kyc': 'Insufficient know-your-customer checks',
} as const;
export type CauseClass = keyof typeof causeClasses;

/** What the evidence says about one class. Evidence speaks for a cause, it does not prove one: naming it is for a person. */
export interface CauseHint {
  readonly cause: CauseClass;
  readonly speaks: 'for' | 'nothing';
  /** Our own words. */
  readonly sentence: string;
  readonly citations: readonly string[];
}

/** All five, in the guide's order. */
export function causeHints(facts: RcaFacts): readonly CauseHint[] {
  return [credential(facts), authentication(facts), endpoint(facts), geo(facts), kyc(facts)];
}

/** A table of the classes with what speaks for each. */
export function causes(facts: RcaFacts): readonly Block[] {
  return [
    paragraph(text('What the evidence says about the five root-cause classes of Twilio’s guide:')),
    {
      kind: 'table',
      columns: left('Class', 'What the evidence says', 'Evidence'),
      rows: causeHints(facts).map(({ cause, sentence, citations }): readonly Line[] => [
        [text(causeClasses[cause])],
        [text(sentence)],
        [text(citationText(citations))],
      ]),
    },
  ];
}

function events({ logs }: RcaFacts, test: RegExp) {
  return (logs?.events ?? []).filter(({ type }) => test.test(type));
}

function hint(cause: CauseClass, sentence: string, citations: readonly string[] = []): CauseHint {
  return { cause, speaks: citations.length > 0 ? 'for' : 'nothing', sentence, citations };
}

function credential(facts: RcaFacts): CauseHint {
  const made = events(facts, /^account-(?:api-keys|keys|auth-token|credentials)\./).filter(
    // One that was made here to replace others is containment.
    ({ source, resource }) => source === 'api' && !facts.keys?.replacements.has(resource),
  );
  if (made.length === 0)
    return hint('credential-exposure', 'No key or token was changed by API in the captured events.');
  const marked = markedBy(facts, made);
  const often = (keys: typeof made) =>
    keys.length === 1 ? 'A key or token was' : `${count(keys.length)} keys or tokens were`;
  if (marked.length === 0)
    return hint(
      'credential-exposure',
      `${often(made)} created or changed by API; no indicator marks ${made.length === 1 ? 'it' : 'one of them'}.`,
    );
  return hint(
    'credential-exposure',
    `${often(marked)} created or changed by API: whoever did it held a credential already.`,
    marked.flatMap((event) => event.citations),
  );
}

/** The events that an indicator calls suspicious; all of them while nobody judged them. Customers who make keys by API do it every day. */
function markedBy({ verdict }: RcaFacts, made: ReturnType<typeof events>): typeof made {
  if (!verdict) return made;
  const hits = verdict.hits.filter(({ severity }) => severity !== 'notice');
  const marked = new Set(hits.flatMap(({ citations }) => citations));
  return made.filter(({ citations }) => citations.some((id) => marked.has(id)));
}

function authentication(facts: RcaFacts): CauseHint {
  const changed = events(facts, /^user(?:-password|-invitation)?\./);
  const strange = events(facts, /^user-session\.created/).filter(({ address }) => address === 'new');
  if (changed.length === 0 && strange.length > 0)
    return hint(
      'weak-authentication',
      'Somebody signed in to the Console from an address not seen before: what kept others from it was not enough.',
      strange.flatMap((event) => event.citations),
    );
  if (changed.length === 0)
    return hint('weak-authentication', 'No user, password or invitation was changed in the captured events.');
  return hint(
    'weak-authentication',
    changed.length === 1
      ? 'One change to a user, password or invitation: it needs an owner who made it.'
      : `${count(changed.length)} changes to users, passwords or invitations: each needs an owner who made it.`,
    changed.flatMap((event) => event.citations),
  );
}

function endpoint({ logs }: RcaFacts): CauseHint {
  const { before, since, citations } = logs?.conversions ?? {};
  const share = (part: typeof before) =>
    part && part.attempts > 0 ? (100 * part.converted) / part.attempts : undefined;
  const [normal, now] = [share(before), share(since)];
  if (normal === undefined || now === undefined || now > normal / 2)
    return hint('unprotected-endpoint', 'The captured Verify attempts show no collapse of conversion.');
  return hint(
    'unprotected-endpoint',
    `Conversion fell from ${rate(normal)} % to ${rate(now)} %: the requests came from no real users.`,
    citations,
  );
}

function geo(facts: RcaFacts): CauseHint {
  const strange = (facts.traffic ?? []).filter(({ expected, excess }) => excess > 0 && expected < 1);
  if (strange.length === 0) return hint('permissive-geo', 'No country that is usually not sent to stood out.');
  const opened = openings(facts, strange);
  const [first] = opened.events;
  const places = (n: number) => (n === 1 ? 'One country' : `${count(n)} countries`);
  const left = strange.length - opened.countries;
  const usual = `${places(left)} that you usually send nothing to could be sent to.`;
  if (!first)
    return hint(
      'permissive-geo',
      usual,
      strange.flatMap(({ citations = [] }) => citations),
    );
  const changes = opened.events.length === 1 ? 'one change' : `${count(opened.events.length)} changes`;
  const who = opened.events.every(({ address }) => address === 'new') ? ' from an address not seen before' : '';
  return hint(
    'permissive-geo',
    `${places(opened.countries)} that you usually send nothing to ${opened.countries === 1 ? 'was' : 'were'} enabled by ${changes} of the geo-permissions${who}, first ${utcMinute(first.at)}: opened before the attack, not left open.${left > 0 ? ` ${usual}` : ''}`,
    [...opened.events.flatMap((event) => event.citations), ...strange.flatMap(({ citations = [] }) => citations)],
  );
}

/** The Monitor events that enabled a country before messages there rose, oldest first, and for how many of the countries there is one. */
function openings(facts: RcaFacts, strange: readonly TrafficRow[]) {
  const enabling = events(facts, /^sms-geographic-permissions\./).filter(({ description }) =>
    /\benabled\b/i.test(description),
  );
  const of = strange.map((row) =>
    enabling.filter(
      ({ at, description }) =>
        at <= (onsetOf(row) ?? Number.POSITIVE_INFINITY) && description.split(/[^A-Za-z]+/).includes(row.country),
    ),
  );
  return {
    events: [...new Set(of.flat())].toSorted((one, other) => one.at - other.at),
    countries: of.filter((own) => own.length > 0).length,
  };
}

function kyc(facts: RcaFacts): CauseHint {
  const made = events(facts, /^account\.created/);
  if (made.length === 0)
    return hint(
      'insufficient-kyc',
      'No subaccount was created in the captured events; who your customers are is not visible by API.',
    );
  return hint(
    'insufficient-kyc',
    `${made.length === 1 ? 'One subaccount was' : `${count(made.length)} subaccounts were`} created in the window: check who asked for ${made.length === 1 ? 'it' : 'them'}.`,
    made.flatMap((event) => event.citations),
  );
}
