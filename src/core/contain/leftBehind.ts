import { UserError } from '../errors.ts';
import { utc } from '../model/age.ts';
import type { Window } from '../model/incidentWindow.ts';
import { type AccountSid, shortSid } from '../model/sid.ts';
import type { Action } from './action.ts';
import type { Asking, Takeover } from './asked.ts';
import { type Candidate, type CandidateScope, candidates } from './candidates.ts';
import type { Suggestion } from './suggestion.ts';
import { rewrittenIn, type Traces, tracesIn, whoDid } from './traces.ts';

/** Levers that take back what an intruder set up to stay or to listen. */
export const leftBehindLevers: ReadonlySet<string> = new Set([
  'removeSipCredential',
  'resetWebhooks',
  'clearWebhooks',
  'removeEventSink',
]);

/** Audit logs looked through: nobody waits for thousands. */
const mostAccounts = 60;

/**
 * What was set up in the incident's window: webhooks in the main account and those `below` it, the rest where the fraud runs or an address
 * did something that the account never saw before. It is chosen beforehand only where the takeover is confirmed and such an address
 * did it: the customer's own changes fall into the window, too. What was changed with this extension is left alone. What cannot be read in one account hides nothing of the others, and is
 * told to `unread`, once for each lever.
 */
export function leftBehind(
  { window, confirmed, ownChanges = [] }: Takeover,
  { attacked, main }: Asking,
  from: CandidateScope,
  below: Promise<readonly Candidate[]>,
  unread: (why: string) => void,
) {
  const logs = below.then((found) => {
    const subs = found.map(({ target }) => target.account);
    const accounts = [...new Set<AccountSid>([main, ...attacked, ...subs])].slice(0, mostAccounts);
    return accounts.map((account) => {
      const log = tracesIn(account, window, from.twilio, ownChanges, from.cancel);
      // Whoever waits for it below hears of a failure; until then nobody does.
      log.catch(() => undefined);
      return { account, log, name: found.find(({ target }) => target.account === account)?.label };
    });
  });
  logs.catch(() => undefined);

  async function inEach(
    action: Action,
    of: (at: CandidateScope, log: Promise<Traces>) => Promise<readonly Suggestion[]>,
  ): Promise<readonly Suggestion[]> {
    const failed: string[] = [];
    const all = await logs;
    const lists = all.map(async ({ account, log, name }) => {
      const at = { ...from, scope: { ...from.scope, account } };
      const steps = await of(at, log).catch((reason: unknown) => {
        if (!(reason instanceof UserError)) throw reason;
        failed.push(reason.message);
        return [];
      });
      if (account === main) return steps;
      return steps.map((step) => ({ ...step, reason: `In ${name || shortSid(account)} · ${step.reason}` }));
    });
    const found = (await Promise.all(lists)).flat();
    const [why] = failed;
    if (why !== undefined)
      unread(`${action.title.replace('…', '')}, in ${failed.length} of ${all.length} accounts: ${why}`);
    return found;
  }

  /** Webhooks: back to what they were, or to none. */
  const webhooks = (action: Action) =>
    inEach(action, async (at, log) => {
      const isReset = action.id === 'resetWebhooks';
      // That the log could not be read is told once.
      const traces = isReset ? await log : await log.catch(orNothing);
      const rewritten = traces ? rewrittenIn(traces) : [];
      const numbers = rewritten.length === 0 ? [] : await candidates(action, at);
      return rewritten.flatMap(({ sid, before, told, byNewAddress }) => {
        const number = numbers.find(({ target }) => target.kind === 'phoneNumber' && target.sid === sid);
        if (number?.target.kind !== 'phoneNumber') return [];
        const target = isReset ? { ...number.target, restore: before } : number.target;
        const label = isReset ? number.label : `${number.label}, instead of going back to what was there`;
        return [{ action, targets: [target], label, reason: told, picked: isReset && confirmed && byNewAddress }];
      });
    });

  /** What was made in the window and goes for good. */
  const made = (action: Action) =>
    inEach(action, async (at, log) => {
      const known = await log.catch(orNothing);
      const { account } = at.scope;
      const isForeign = known?.events.some(({ ip }) => known.isNew(ip)) === true;
      if (account !== main && !attacked.has(account) && !isForeign) return [];
      const young = (await candidates(action, at)).filter(({ created }) => within(created, window));
      return young.map((candidate): Suggestion => {
        const event = known?.events.find(
          ({ type, resourceSid }) => type.endsWith('.created') && resourceSid === sidOf(candidate),
        );
        const told =
          known && event
            ? whoDid('Created', event, known.isNew)
            : `Created ${utc(candidate.created ?? 0)}; the audit log does not tell by whom`;
        return {
          action,
          targets: [candidate.target],
          label: candidate.label,
          reason: [candidate.description, told].filter(Boolean).join(' · '),
          picked: confirmed && event !== undefined && known?.isNew(event.ip) === true,
        };
      });
    });

  return (action: Action): Promise<readonly Suggestion[]> =>
    action.on === 'phoneNumber' ? webhooks(action) : made(action);
}

function within(at: number | undefined, { from, to }: Window): boolean {
  return at !== undefined && at >= from && at <= to;
}

function sidOf({ target }: Candidate): string | undefined {
  return 'sid' in target ? target.sid : undefined;
}

/** What a credential may not read is not known. */
function orNothing(reason: unknown): undefined {
  if (!(reason instanceof UserError)) throw reason;
  return undefined;
}
