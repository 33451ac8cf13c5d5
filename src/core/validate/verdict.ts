import { sourceWords } from '../evidence/sourceTitles.ts';
import { utc } from '../model/age.ts';
import type { Inert } from '../untrusted.ts';
import { say } from './results.ts';
import { type FraudType, fraudTypes, type Signal, type SignalId, type SignalResult } from './signal.ts';

export type Grade = 'confirmed' | 'likely' | 'possible' | 'unlikely' | 'cannot tell';

/** An indicator with what it found. */
export interface Judged {
  readonly signal: Signal;
  readonly result: SignalResult;
}

/** What is to be thought of one type of fraud, and why. */
export interface Verdict {
  readonly type: FraudType;
  readonly grade: Grade;
  readonly sentence: Inert<'label'>;
  /** Hits, the most severe first; and what was looked at and is clean. */
  readonly for: readonly SignalId[];
  readonly against: readonly SignalId[];
  /** Not enough data, not visible, not checked: what collecting or looking would settle. */
  readonly open: readonly SignalId[];
  /** Epoch milliseconds of the first hit that is no mere notice: where the incident begins by this type's sign. */
  readonly start?: number;
}

export interface Assessment {
  /** In the order in which they are to be acted on: account takeover first when there is any sign of it. */
  readonly verdicts: readonly Verdict[];
  /** `on`: somebody abuses what the account offers. `using`: somebody acts with the account's own credentials. */
  readonly attack: 'on the account' | 'using the account' | 'none seen' | 'cannot tell';
  readonly why: Inert<'label'>;
  /**
   * The guide's rule: with any sign of an account takeover the account is sanitized before traffic is countered, or the fraud comes back.
   */
  readonly first: 'sanitize the account' | 'counter the traffic' | 'nothing';
  /** What collecting more would settle, a sentence each. */
  readonly settle: readonly Inert<'label'>[];
  /** What is missing of the sources it rests on, a line each; empty when everything in the window is held. */
  readonly incomplete: readonly Inert<'label'>[];
}

const names: Readonly<Record<FraudType, string>> = {
  'sms-pumping': 'SMS pumping',
  'toll-fraud': 'toll fraud',
  'account-takeover': 'account takeover',
  smishing: 'smishing or vishing',
};

const order: readonly Grade[] = ['confirmed', 'likely', 'possible', 'cannot tell', 'unlikely'];
const isSign = ({ grade }: Verdict): boolean => grade === 'confirmed' || grade === 'likely' || grade === 'possible';

/** What all indicators say together. Takes every result; needs no facts, so it can be told again from what was stored. */
export function assess(judged: readonly Judged[], incomplete: readonly Inert<'label'>[] = []): Assessment {
  const verdicts = fraudTypes.map((type) =>
    verdictOn(
      type,
      judged.filter(({ signal }) => signal.type === type),
    ),
  );
  const takeover = verdicts.find(({ type }) => type === 'account-takeover');
  const others = verdicts.filter((verdict) => verdict !== takeover);
  const taken = takeover !== undefined && isSign(takeover);
  const sorted = verdicts.toSorted(
    (a, b) =>
      Number(taken && b === takeover) - Number(taken && a === takeover) ||
      order.indexOf(a.grade) - order.indexOf(b.grade),
  );
  const traffic = others.some(isSign);
  return {
    verdicts: sorted,
    ...attackOf(takeover, others),
    first: taken ? 'sanitize the account' : traffic ? 'counter the traffic' : 'nothing',
    settle: settled(judged),
    incomplete,
  };
}

/**
 * The grade. Confirmed: two signs hardly explained without fraud, or one with two that are rare. Likely: one such sign, or three rare ones.
 * Possible: a rare one. Unlikely: nothing but notices, although something was looked at. Notices never make a grade: each is too common.
 */
function gradeOf(judged: readonly Judged[]): Grade {
  const has = (severity: string): number =>
    judged.filter(({ result }) => result.state === 'hit' && result.severity === severity).length;
  const [critical, warning] = [has('critical'), has('warning')];
  if (critical >= 2 || (critical === 1 && warning >= 2)) return 'confirmed';
  if (critical === 1 || warning >= 3) return 'likely';
  if (warning > 0) return 'possible';
  return judged.some(({ result }) => result.state === 'clean' || result.state === 'hit') ? 'unlikely' : 'cannot tell';
}

const severities = ['critical', 'warning', 'notice'];

function verdictOn(type: FraudType, judged: readonly Judged[]): Verdict {
  const grade = gradeOf(judged);
  const hits = judged
    .filter(({ result }) => result.state === 'hit')
    .toSorted((a, b) => severities.indexOf(a.result.severity ?? '') - severities.indexOf(b.result.severity ?? ''));
  const ids = (wanted: readonly Judged[]) => wanted.map(({ signal }) => signal.id);
  const against = ids(judged.filter(({ result }) => result.state === 'clean'));
  const open = ids(judged.filter(({ result }) => result.state !== 'hit' && result.state !== 'clean'));
  const starts = hits.flatMap(({ result }) =>
    result.severity === 'notice' || result.first === undefined ? [] : [result.first],
  );
  const start = starts.length > 0 ? Math.min(...starts) : undefined;
  const said = say`${names[type]} is ${grade === 'cannot tell' ? 'open: nothing was collected that tells' : grade}`;
  const list = (label: string, all: readonly string[]) => (all.length > 0 ? `${label} ${all.join(', ')}` : '');
  const partly = [...new Set(judged.flatMap(({ result }) => result.incomplete ?? []))].map(sourceWords);
  const reasons = [list('for:', ids(hits)), list('against:', against), list('open:', open), list('incomplete:', partly)]
    .filter((part) => part)
    .join('; ');
  const sentence = say`${capital(said)}${start === undefined ? '' : `, since ${utc(start)}`} (${reasons}).`;
  return { type, grade, sentence, for: ids(hits), against, open, ...(start !== undefined && { start }) };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function attackOf(takeover: Verdict | undefined, others: readonly Verdict[]): Pick<Assessment, 'attack' | 'why'> {
  const signs = others.filter(isSign);
  const named = signs.map(({ type }) => names[type]).join(' and ');
  if (takeover && isSign(takeover)) {
    const then = signs.find(
      ({ start }) => start !== undefined && takeover.start !== undefined && start >= takeover.start,
    );
    const after = then ? `; ${names[then.type]} began after it` : '';
    return {
      attack: 'using the account',
      why: say`${takeover.for.join(', ')}: somebody acts with the account's own credentials${after}.`,
    };
  }
  const sending = others.find((verdict) => verdict.type === 'smishing' && isSign(verdict));
  if (sending)
    return {
      attack: 'using the account',
      why: say`Texts are sent from the account's own numbers (${sending.for.join(', ')}): whoever writes them can use its credentials or a customer's access.`,
    };
  if (signs.length === 0)
    return takeover?.grade === 'cannot tell' || others.every(({ grade }) => grade === 'cannot tell')
      ? { attack: 'cannot tell', why: say`Too little was collected to say.` }
      : { attack: 'none seen', why: say`No indicator goes beyond what is ordinary.` };
  if (!takeover || takeover.grade === 'cannot tell')
    return {
      attack: 'cannot tell',
      why: say`There is ${named}, and without the audit log it cannot be told whose credentials were used.`,
    };
  return {
    attack: 'on the account',
    why: say`There is ${named}, and the audit log shows no foreign hand (${takeover.against.join(', ')}).`,
  };
}

/** `messages, alerts or Verify attempts`. */
function listed(all: readonly string[]): string {
  return [all.slice(0, -1).join(', '), ...all.slice(-1)].filter((part) => part !== '').join(' or ');
}

/** What to collect, each indicator once with the sources of which any tells it; then what only a person can look up. */
function settled(judged: readonly Judged[]): readonly Inert<'label'>[] {
  const waiting = Map.groupBy(
    judged.filter(({ signal, result }) => result.state === 'not enough data' && signal.needs.length > 0),
    ({ signal }) => listed(signal.needs.map((source) => sourceWords(source))),
  );
  const collect = [...waiting].map(
    ([what, all]) =>
      say`Collecting ${what}, or more days of ${what === sourceWords('usage') ? 'it' : 'them'}, would settle ${all.map(({ signal }) => signal.id).join(', ')}.`,
  );
  const look = judged.flatMap(({ signal, result }) =>
    result.check && (result.state === 'not visible by API' || result.state === 'not checked yet')
      ? [say`${signal.id}: ${result.check.where}. ${result.check.what}`]
      : [],
  );
  return [...collect, ...look];
}
