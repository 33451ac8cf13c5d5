import { type Bodies, privacyChosen } from '../core/evidence/privacy.ts';
import type { ChainRecord } from '../core/evidence/record.ts';
import type { EvidenceSource, SourceId } from '../core/evidence/source.ts';
import { twilioNow } from '../core/evidence/twilioNow.ts';
import { usualDaysBefore } from '../core/evidence/usualDays.ts';
import { collections, unfinishedCollection } from '../core/incidentView/collectionRecord.ts';
import { combined } from '../core/incidentView/coverageText.ts';
import { collectionWindow, evidenceWindow } from '../core/incidentView/evidenceWindow.ts';
import type { Coverage, NamedAccount } from '../core/incidentView/facts.ts';
import type { KnownEvidence } from '../core/incidentView/knownEvidence.ts';
import type { IncidentRow } from '../core/incidentView/row.ts';
import type { Incident } from '../core/model/incident.ts';
import { shortSid } from '../core/model/sid.ts';
import type { Clock } from '../core/ports.ts';
import type { Window } from '../core/traffic/window.ts';
import { askAgain, askBodies, askCollectedAccounts, askSources } from './collectPrompts.ts';
import type { OpenConnection } from './session.ts';

/** Of a row of the Incident view; `daysBefore`: with the days that tell what is usual. */
export type Wanted = NonNullable<IncidentRow['collects']> & { readonly daysBefore?: true };

/** What is going to be collected. */
export interface CollectPlan {
  readonly sources: readonly EvidenceSource[];
  readonly accounts: readonly NamedAccount[];
  readonly window: Window;
  /** Days of traffic before the window that are read as well; 0 for none. */
  readonly daysBefore: number;
  /** When it begins by this computer's clock and Twilio's, epoch milliseconds: nothing later is asked for. */
  readonly now: number;
  readonly known: KnownEvidence;
  /** To be recorded first; absent when it was chosen before. */
  readonly bodies: Bodies | undefined;
  /** How far it got, from the journal afterwards. */
  coverageAfter(records: readonly ChainRecord[]): readonly Coverage[];
}

export interface PlanParts {
  readonly incident: Incident;
  readonly records: readonly ChainRecord[];
  /** Those that can be collected of. */
  readonly accounts: readonly NamedAccount[];
  readonly clock: Clock;
  readonly open: OpenConnection;
  readonly wanted: Wanted | undefined;
  /** Captures whose files are not there any more. */
  readonly lost: ReadonlySet<string>;
}

/** Asks what is not known yet: message bodies once per incident, then sources and accounts unless the person goes on with what there is. */
export async function planCollection(parts: PlanParts): Promise<CollectPlan> {
  const { incident, records } = parts;
  const { sources } = await import('../core/evidence/sources.ts');
  const { knownEvidence } = await import('../core/incidentView/knownEvidence.ts');
  const { heldCaptures } = await import('../core/evidence/heldCaptures.ts');
  const { account, name } = parts.open.connection;
  const now = await twilioNow(parts.open.twilio, account, parts.clock);
  const window = collectionWindow(incident, heldCaptures(records), now);
  const main = { sid: account, name };
  const known = knownEvidence(incident, records, now, { accounts: parts.accounts, main, window, lost: parts.lost });
  const bodies = privacyChosen(records) ? undefined : await askBodies();
  // While an incident goes on there is always something newer than what was collected: that alone makes none of it partial.
  const heldFor = evidenceWindow(incident, known.held);
  const shown = knownEvidence(incident, records, now, {
    accounts: parts.accounts,
    main,
    window: heldFor,
    lost: parts.lost,
  });
  const { ids, accounts, withUsual } = await choose(parts, shown, window);
  return {
    sources: sources.filter(({ id }) => ids.includes(id)),
    accounts,
    window,
    daysBefore: withUsual ? usualDaysBefore(window) : 0,
    now,
    known,
    bodies,
    coverageAfter: (after) =>
      knownEvidence(incident, after, now, { accounts, main, window, lost: parts.lost }).coverage,
  };
}

interface Choice {
  readonly ids: readonly SourceId[];
  /** Days before the window are wanted, to tell what is usual. */
  readonly withUsual: boolean;
  readonly accounts: readonly NamedAccount[];
}

/** `shown`: what is held, judged as the Incident view judges it; `window`: what is to be collected. */
async function choose(
  { records, accounts, open, wanted }: PlanParts,
  shown: KnownEvidence,
  window: Window,
): Promise<Choice> {
  if (wanted)
    return {
      ids: wanted.sources,
      withUsual: wanted.daysBefore === true,
      accounts: among(accounts, wanted.accounts),
    };
  const earlier = collections(records);
  const cut = unfinishedCollection(records);
  if (earlier.length > 0) {
    const again = cut
      ? {
          label: '$(debug-continue) Continue where it stopped',
          detail: 'What was collected completely is not read again.',
        }
      : {
          label: '$(cloud-download) Collect what is new',
          detail: 'The sources collected before, once more as far as they changed.',
        };
    const asked = cut ? [cut] : earlier;
    if ((await askAgain(again)) === 'again')
      return {
        ids: asked.flatMap(({ sources }) => sources),
        withUsual: asked.some(({ daysBefore }) => daysBefore !== undefined),
        accounts: among(
          accounts,
          asked.flatMap((one) => one.accounts.map(({ sid }) => sid)),
        ),
      };
  }
  const nameOf = (sid: string) => accounts.find((account) => account.sid === sid)?.name || shortSid(sid);
  const bySource = new Set(shown.coverage.map(({ source }) => source));
  const offered = [...bySource].flatMap(
    (id) =>
      combined(
        shown.coverage.filter(({ source }) => source === id),
        nameOf,
      ) ?? [],
  );
  const chosen = await askSources(offered, shown.window, { days: usualDaysBefore(window), window });
  return {
    ...chosen,
    accounts: chosen.ids.length === 0 ? [] : await askCollectedAccounts(accounts, open.connection.account),
  };
}

function among(accounts: readonly NamedAccount[], sids: readonly string[] | undefined): readonly NamedAccount[] {
  return sids ? accounts.filter(({ sid }) => sids.includes(sid)) : accounts;
}
