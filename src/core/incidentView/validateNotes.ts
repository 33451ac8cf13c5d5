import { span, utc } from '../model/age.ts';
import type { Checked } from '../validate/checked.ts';
import { usualHistoryDays } from '../validate/threshold.ts';
import type { RecordedValidation } from '../validate/validationRecord.ts';
import type { IncidentFacts } from './facts.ts';
import type { IncidentRow } from './row.ts';

/** A tooltip names so many gaps at most. */
const mostGaps = 12;
const takeoverFirst =
  'Sanitize the account before you counter the traffic: while somebody else holds its credentials, the fraud comes back.';

/** What to know before reading the verdicts: that they are out of date, what comes first, and what they do not rest on. */
export function notes(
  { first, outdated, newerThan, incomplete, changed, recorded }: RecordedValidation,
  readOnly: string | undefined,
): readonly IncidentRow[] {
  const rows: IncidentRow[] = [...notRecorded(recorded, readOnly)];
  if (outdated)
    rows.push({
      id: 'validate/outdated',
      label: 'Out of date',
      description: 'Evidence was collected or deleted since, or live watch found a new surge. Click to validate again.',
      icon: 'history',
      tone: 'warning',
      runs: 'validate',
    });
  if (newerThan !== undefined)
    rows.push({
      id: 'validate/newer',
      label: 'Newer evidence',
      description: `Judged on what was collected until ${utc(newerThan)}; newer rows exist. Click to validate again.`,
      icon: 'history',
      sentences: ['It came by itself: before a containment, or by a look of live watch that found no new surge.'],
      runs: 'validate',
    });
  if (changed.length > 0)
    rows.push({
      id: 'validate/thresholds',
      label: 'Thresholds of your own',
      description: changed.map(({ name, value, usual }) => `${name} ${value} (usually ${usual})`).join(', '),
      icon: 'settings-gear',
      sentences: changed.map(
        ({ name, value, usual }) => `twilioIncident.validate.${name} is ${value}; usually ${usual}.`,
      ),
    });
  if (first === 'sanitize the account')
    rows.push({
      id: 'validate/first',
      label: 'Account takeover first',
      description: takeoverFirst,
      icon: 'list-ordered',
      tone: 'bad',
      sentences: [takeoverFirst],
    });
  if (incomplete.length > 0)
    rows.push({
      id: 'validate/incomplete',
      label: 'Incomplete evidence',
      description: `${incomplete.length === 1 ? '1 gap' : `${incomplete.length} gaps`}: what is clean may not be`,
      icon: 'warning',
      tone: 'warning',
      sentences: [
        ...incomplete.slice(0, mostGaps),
        ...(incomplete.length > mostGaps
          ? [`And ${incomplete.length - mostGaps} more; the Evidence section has all.`]
          : []),
      ],
    });
  return rows;
}

function notRecorded(recorded: boolean, readOnly: string | undefined): readonly IncidentRow[] {
  if (recorded) return [];
  const why = readOnly ?? 'The journal could not be written.';
  return [
    {
      id: 'validate/unrecorded',
      label: 'Not recorded',
      description: `This window alone knows it. ${why}`,
      icon: 'lock',
      tone: 'warning',
      sentences: [why, 'It is shown until the incident is closed, and is in no document.'],
    },
  ];
}

/** Collecting again would not help: the window itself holds too little to tell what is usual. */
export function shortRow({ results, changed }: Checked, window: IncidentFacts['window']): readonly IncidentRow[] {
  const historyDays = changed.find(({ name }) => name === 'historyDays')?.value ?? usualHistoryDays;
  const waiting = results.filter(({ state }) => state === 'not enough data').map(({ id }) => id);
  // A log seldom fills its window, so an equal length is not enough either.
  if (!window || waiting.length === 0 || window.to - window.from >= (historyDays + 1) * span.day) return [];
  const sentence = `What is usual for an account takes more than ${historyDays} days of its logs, and the window of this incident has no more. Start an incident with the last 30 days to have ${waiting.join(', ')} judged.`;
  return [
    {
      id: 'validate/short',
      label: 'Window too short',
      description: sentence,
      icon: 'watch',
      tone: 'warning',
      sentences: [sentence],
      runs: 'startIncident',
    },
  ];
}

/** What collecting more, or a person looking, would settle. */
export function settleRow({ settle }: Checked): readonly IncidentRow[] {
  if (settle.length === 0) return [];
  return [
    {
      id: 'validate/settle',
      label: 'What would settle more',
      description:
        settle.length === 1 ? '1 thing to collect or to look up' : `${settle.length} things to collect or to look up`,
      icon: 'checklist',
      children: settle.map((sentence, index) => ({
        id: `validate/settle/${index}`,
        label: sentence,
        icon: 'circle-small',
        sentences: [sentence],
      })),
    },
  ];
}
