import type { Severity } from '../accounts/nodeKind.ts';
import { type Link, linksOf, ownLabel } from '../smishing/links.ts';
import { asksToCall, urgencyIn } from '../smishing/wording.ts';
import type { MessageFacts } from './messageFacts.ts';
import type { Thresholds } from './thresholds.ts';

/** A template of outbound messages with a link, a number to call or urgent words. Words, hosts and example are hostile text. */
export interface SuspectTemplate {
  /** Its number in the facts' list of templates. */
  readonly number: number;
  readonly words: readonly string[];
  readonly example: string;
  readonly messages: number;
  readonly recipients: number;
  readonly filtered: number;
  readonly delivered: number;
  /** Epoch milliseconds. */
  readonly first: number;
  readonly last: number;
  /** True when the account never sent it before; `undefined` where too little went before to tell. */
  readonly isNew: boolean | undefined;
  /** Links to hosts that older templates do not have. */
  readonly links: readonly Link[];
  readonly urgency: readonly string[];
  readonly asksToCall: boolean;
  /** Senders that sent nothing before this template began. */
  readonly newSenders: readonly string[];
  readonly refs: readonly number[];
}

const day = 86_400;
const sampled = 5;

/** Templates sent often enough that could be smishing, the most messages first. Two passes over the columns. */
export function suspectTemplates(
  { out, templates, senders }: MessageFacts,
  webhookHosts: ReadonlySet<string>,
  { smishing, historyDays }: Thresholds,
): readonly SuspectTemplate[] {
  const judgedFrom = (out.time[0] ?? 0) + historyDays * day;
  const end = out.time[out.rows - 1] ?? 0;
  const judged = end >= judgedFrom;
  const since = new Float64Array(templates.length).fill(Number.POSITIVE_INFINITY);
  const senderSince = new Float64Array(senders.length).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < out.rows; i++) {
    const [template, sender, time] = [out.template[i] ?? 0, out.sender[i] ?? 0, out.time[i] ?? 0];
    if (time < (since[template] ?? 0)) since[template] = time;
    if (time < (senderSince[sender] ?? 0)) senderSince[sender] = time;
  }
  const own = new Set([...webhookHosts].map(ownLabel).filter((label) => label.length >= 5));
  // What began too early to be told from what went before, and not long ago, is neither old nor new.
  const isOld = (template: number): boolean => {
    const began = since[template] ?? 0;
    return judged && began < judgedFrom && end - began >= historyDays * day;
  };
  const oldHosts = new Set(
    templates.flatMap(({ example }, number) => (isOld(number) ? linksOf(example, own).map(({ host }) => host) : [])),
  );
  const growing = new Map<number, Tally>();
  for (const [number, { example, messages, words }] of templates.entries()) {
    if (number === 0 || messages < smishing.template) continue;
    const links = linksOf(example, own).filter(({ host }) => !oldHosts.has(host));
    const found = { links, urgency: urgencyIn(example), asksToCall: asksToCall(example) };
    if (links.length === 0 && found.urgency.length === 0 && !found.asksToCall) continue;
    const isNew = isOld(number) ? false : judged && (since[number] ?? 0) >= judgedFrom ? true : undefined;
    growing.set(number, {
      words,
      example,
      ...found,
      isNew,
      messages: 0,
      delivered: 0,
      filtered: 0,
      last: 0,
      recipients: new Set(),
      senders: new Set(),
      refs: [],
    });
  }
  for (let i = 0; i < out.rows; i++) {
    const one = growing.get(out.template[i] ?? 0);
    if (!one) continue;
    one.messages += 1;
    if (out.errorCode[i] === 30007) one.filtered += 1;
    if (out.outcome[i] === 1) one.delivered += 1;
    one.last = out.time[i] ?? 0;
    one.recipients.add(out.recipient[i] ?? 0);
    one.senders.add(out.sender[i] ?? 0);
    if (one.refs.length < sampled) one.refs.push(out.ref[i] ?? 0);
  }
  return [...growing]
    .map(([number, { senders: used, recipients, last, ...one }]): SuspectTemplate => {
      const first = since[number] ?? 0;
      const fresh = judged ? [...used].filter((sender) => (senderSince[sender] ?? 0) >= first) : [];
      const newSenders = fresh.map((sender) => senders[sender]?.name ?? '');
      return { ...one, number, recipients: recipients.size, newSenders, first: first * 1000, last: last * 1000 };
    })
    .toSorted((a, b) => b.messages - a.messages);
}

/**
 * How suspicious a template is. A disguised host is hardly innocent; a new link with urgent words may be; a new link alone is what every
 * campaign has.
 */
export function suspicion({ links, urgency, asksToCall, isNew }: SuspectTemplate): Severity | undefined {
  if (isNew === false) return undefined;
  const disguised = links.some(({ traits }) => traits.some((trait) => trait !== 'shortener'));
  if (disguised && (isNew || urgency.length > 0)) return 'critical';
  if (isNew === undefined) return undefined;
  if ((links.length > 0 || asksToCall) && urgency.length > 0) return 'warning';
  return links.length > 0 || asksToCall ? 'notice' : undefined;
}

interface Tally extends Pick<SuspectTemplate, 'words' | 'example' | 'links' | 'urgency' | 'asksToCall' | 'isNew'> {
  messages: number;
  delivered: number;
  filtered: number;
  last: number;
  readonly recipients: Set<number>;
  readonly senders: Set<number>;
  readonly refs: number[];
}
