import { windowText } from '../model/incidentWindow.ts';
import { shortSid } from '../model/sid.ts';
import type { Extent, Scope } from '../validate/scope.ts';
import type { IncidentFacts } from './facts.ts';
import { phaseRow } from './phaseRow.ts';
import type { IncidentRow } from './row.ts';
import { costText, extentText, foundOf } from './scopeText.ts';
import { shortWindow } from './shortWindow.ts';

/** The fourth phase: how far it goes. Numbers are those of the last validation, of what was collected. */
export function analyzeSection(facts: IncidentFacts): readonly IncidentRow[] {
  const { validation, coverage } = facts;
  const collected = coverage.some(({ state }) => state !== 'not collected');
  const scope = validation?.scope;
  if (!scope)
    return [
      phaseRow({
        id: 'analyze',
        label: 'Analyze',
        description: collected ? 'counted by Validate' : 'nothing collected yet',
        state: 'idle',
        sentences: ['Accounts, volume, cost and window of what was found; Validate counts them in what was collected.'],
      }),
    ];
  const affected = scope.accounts.filter((one) => foundOf(one) > 0);
  const cost = costText(scope, affected);
  const said = affected.length === 0 ? 'nothing of the traffic is part of what was found' : toldOf(cost, affected);
  return [
    phaseRow({
      id: 'analyze',
      label: 'Analyze',
      description: validation.outdated ? `out of date · ${said}` : said,
      state: affected.length === 0 ? 'idle' : validation.outdated || validation.incomplete.length > 0 ? 'open' : 'done',
      sentences: [
        'Counted by the last validation in what was collected: surges that are fraud, suspicious texts, calls to where toll fraud goes.',
      ],
      children: [...windowRow(scope, facts), accountsRow(scope, facts), volumeRow(scope), costRow(scope), trafficRow],
    }),
  ];
}

const trafficRow: IncidentRow = {
  id: 'analyze/traffic',
  label: 'Traffic by country',
  description: 'of the collected messages',
  icon: 'globe',
  runs: 'showCollectedTraffic',
};

function windowRow({ first, last }: Scope, { window }: IncidentFacts): readonly IncidentRow[] {
  const collected = window ? `collected: ${windowText(window)} UTC` : '';
  const known = first !== undefined && last !== undefined;
  return [
    {
      id: 'analyze/window',
      label: 'Window',
      description: known ? shortWindow({ from: first, to: last }) : collected,
      icon: 'calendar',
      ...(known && {
        facts: [
          { name: 'First', value: { at: first } },
          { name: 'Last', value: { at: last } },
        ],
      }),
      sentences: collected === '' ? [] : [`${collected.replace(/^c/, 'C')}.`],
    },
  ];
}

function accountsRow({ accounts, currency, callCurrency }: Scope, facts: IncidentFacts): IncidentRow {
  const affected = accounts.filter((one) => foundOf(one) > 0);
  const nameOf = (sid: string) => facts.accounts.find((one) => one.sid === sid)?.name || shortSid(sid);
  return {
    id: 'analyze/accounts',
    label: 'Accounts',
    description: `${affected.length} of ${Math.max(accounts.length, facts.accounts.length)}`,
    icon: 'account',
    children: affected.map((one) => {
      const cost = costText({ currency, callCurrency }, [one]);
      return {
        id: `analyze/accounts/${one.account}`,
        label: nameOf(one.account),
        description: toldOf(cost, [one]),
        icon: 'account',
        facts: [{ name: 'Account SID', value: one.account }],
      };
    }),
  };
}

function volumeRow({ accounts }: Scope): IncidentRow {
  const kinds = [
    ['messages', 'messages'],
    ['attempts', 'Verify attempts'],
    ['calls', 'calls'],
  ] as const;
  return {
    id: 'analyze/volume',
    label: 'Volume',
    description: volume(accounts) || 'none',
    icon: 'graph',
    facts: kinds.map(([kind, name]) => ({
      name,
      value: extentText(accounts.map((one): Extent => one[kind])),
    })),
  };
}

function costRow(scope: Scope): IncidentRow {
  const { accounts } = scope;
  const extents = accounts.flatMap(({ messages, attempts, calls }) => [messages, attempts, calls]);
  const unpriced = extents.reduce((sum, one) => sum + one.unpriced, 0);
  return {
    id: 'analyze/cost',
    label: 'Cost',
    description: costText(scope, accounts) || 'not known yet',
    icon: 'credit-card',
    sentences: [
      ...(extents.some(({ estimated }) => estimated)
        ? ['Estimated: what Twilio has not priced yet counts with the mean price of its country.']
        : []),
      ...(unpriced > 0 ? [`${unpriced.toLocaleString('en-US')} have no price yet and are not in it.`] : []),
    ],
  };
}

/** What it cost first: a side bar shows the beginning. */
function toldOf(cost: string, accounts: Scope['accounts']): string {
  return [cost, volume(accounts)].filter((part) => part !== '').join(' · ');
}

function volume(accounts: Scope['accounts']): string {
  const sum = (pick: (one: Scope['accounts'][number]) => number): number =>
    accounts.reduce((all, one) => all + pick(one), 0);
  const parts = [
    [sum(({ messages }) => messages.found), 'messages'],
    [sum(({ attempts }) => attempts.found), 'Verify attempts'],
    [sum(({ calls }) => calls.found), 'calls'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count.toLocaleString('en-US')} ${what}`)
    .join(', ');
}
