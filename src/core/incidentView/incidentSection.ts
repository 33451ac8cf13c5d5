import { commands } from '../manifest/commands.ts';
import { utc } from '../model/age.ts';
import { incidentTypes } from '../model/incident.ts';
import { shortSid } from '../model/sid.ts';
import type { IncidentFacts, NamedAccount } from './facts.ts';
import type { IncidentRow, RowFact } from './row.ts';
import { shortWindow } from './shortWindow.ts';

/** What the incident is: its window, accounts and status, and why it is read-only when it is. */
export function incidentSection(facts: IncidentFacts): readonly IncidentRow[] {
  const { incident, readOnly, title } = facts;
  const type = incident?.type && incidentTypes[incident.type];
  // A title is the type's name until somebody writes another.
  const told = type !== undefined && title.startsWith(type) ? undefined : type;
  const rows: IncidentRow[] = [
    {
      id: 'incident',
      label: title,
      description: [incident?.status, incident && shortWindow(incident.window), told].filter(Boolean).join(' · '),
      icon: 'book',
      facts: describe(facts),
      sentences: facts.ongoing ? ['It goes on: evidence is collected up to the moment of collecting.'] : [],
      ...(incident && { children: incident.accounts.map(accountRow) }),
    },
  ];
  if (readOnly !== undefined) {
    rows.push({
      id: 'readOnly',
      label: 'Read-only',
      description: readOnly,
      icon: 'lock',
      tone: 'warning',
      sentences: [readOnly],
    });
    if (facts.adoptable)
      rows.push({
        id: 'continue',
        label: commands.continueIncident.title,
        description: 'what others recorded stays unproven',
        icon: 'edit',
        runs: 'continueIncident',
      });
  }
  return [...rows, ...warnings(facts)];
}

/** A row names so many records at most. */
const mostRecords = 10;

function warnings({ unreadable, unignored }: IncidentFacts): readonly IncidentRow[] {
  const rows: IncidentRow[] = [];
  const warn = (id: string, label: string, icon: string, sentence: string): void => {
    rows.push({ id, label, description: sentence, icon, tone: 'warning', sentences: [sentence] });
  };
  if (unreadable.length > 0) {
    const named = unreadable.slice(0, mostRecords).join(', ');
    const more = unreadable.length > mostRecords ? ` and ${unreadable.length - mostRecords} more` : '';
    warn(
      'unreadable',
      'Records not understood',
      'question',
      `What the journal says of captures in record ${named}${more} cannot be read, so these rows are counted nowhere. A later version of this extension may have written it: update it, then look again.`,
    );
  }
  if (unignored)
    warn(
      'unignored',
      'Evidence may get into git',
      'git-commit',
      'The file “.gitignore” of this incident is missing or does not name “evidence/”, which holds people’s numbers and messages. Add the line “evidence/” to it before anything is committed.',
    );
  return rows;
}

function describe({ title, incident, records, unsealed = 0 }: IncidentFacts): readonly RowFact[] {
  if (!incident) return [{ name: 'Title', value: title }];
  return [
    { name: 'Title', value: title },
    ...(incident.type ? [{ name: 'Type', value: incidentTypes[incident.type] }] : []),
    { name: 'Status', value: incident.status },
    { name: 'From', value: { at: incident.window.from } },
    { name: 'To', value: { at: incident.window.to } },
    { name: 'Started', value: utc(incident.created) },
    { name: 'Accounts', value: incident.accounts.length === 0 ? 'any' : String(incident.accounts.length) },
    {
      name: 'Records in the journal',
      value: `${records}${unsealed > 0 ? `, ${unsealed} of them not sealed here` : ''}`,
    },
  ];
}

function accountRow({ sid, name }: NamedAccount): IncidentRow {
  return {
    id: `account/${sid}`,
    label: name || sid,
    description: shortSid(sid),
    icon: 'account',
    facts: [{ name: 'Account SID', value: sid }],
  };
}
