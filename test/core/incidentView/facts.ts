import type { Coverage, IncidentFacts } from '../../../src/core/incidentView/facts.ts';
import type { Incident } from '../../../src/core/model/incident.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import { sid } from '../fakeTwilio.ts';

export const main = sid('AC', 1) as AccountSid;
export const sub = sid('AC', 2) as AccountSid;
export const noon = Date.UTC(2026, 10, 21, 12);
export const hour = 3_600_000;

/** A week up to noon, written down half an hour later: it goes on. */
export function someIncident(changes: Partial<Incident> = {}): Incident {
  return {
    id: 'one',
    title: 'SMS pumping',
    type: 'sms-pumping',
    accounts: [
      { sid: main, name: 'Acme' },
      { sid: sub, name: 'Acme Pay' },
    ],
    window: { from: noon - 7 * 24 * hour, to: noon },
    status: 'open',
    created: noon + hour / 2,
    ...changes,
  };
}

export function coverage(changes: Partial<Coverage> = {}): Coverage {
  return {
    source: 'messages',
    title: 'Messages',
    kind: 'log',
    account: main,
    state: 'complete',
    why: [],
    rows: 48_211,
    first: noon - 6 * hour,
    last: noon - hour,
    collectedAt: noon,
    ...changes,
  };
}

export function someFacts(changes: Partial<IncidentFacts> = {}): IncidentFacts {
  const incident = someIncident();
  return {
    title: incident.title,
    incident,
    readOnly: undefined,
    accounts: incident.accounts,
    window: incident.window,
    ongoing: true,
    coverage: [coverage()],
    deleted: 0,
    collecting: false,
    unfinished: false,
    validation: undefined,
    validating: false,
    levers: new Map(),
    consoleSteps: [],
    contacts: 0,
    rcaFindings: [],
    records: 12,
    unreadable: [],
    unignored: false,
    documents: [],
    imports: [],
    imported: undefined,
    ...changes,
  };
}
