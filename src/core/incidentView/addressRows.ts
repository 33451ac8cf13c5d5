import { utc } from '../model/age.ts';
import type { CheckedAddress } from '../validate/checked.ts';
import { mostAddresses } from '../validate/checkedAddresses.ts';
import type { IncidentRow, RowTone } from './row.ts';

const looks: Readonly<Record<CheckedAddress['origin'], { readonly word: string; readonly tone?: RowTone }>> = {
  new: { word: 'new', tone: 'warning' },
  known: { word: 'seen before' },
  unjudged: { word: 'too little log to tell' },
};

/** Who was in the account, by network (/24, or /48 of IPv6) where several addresses share one; nothing is looked up elsewhere. */
export function addressRows(addresses: readonly CheckedAddress[]): readonly IncidentRow[] {
  if (addresses.length === 0) return [];
  const fresh = addresses.filter(({ origin }) => origin === 'new').length;
  const networks = [...Map.groupBy(addresses, ({ ip }) => networkOf(ip))];
  return [
    {
      id: 'validate/addresses',
      label: 'Addresses',
      // Of very many not all are recorded, new ones first.
      description: `${fresh} new of ${addresses.length} in the audit log${addresses.length < mostAddresses ? '' : ' that are listed; there may be more'}`,
      icon: 'globe',
      sentences: ['In the incident’s window, judged by the log before it. No address is looked up anywhere.'],
      children: networks.map(([network, own]) => {
        const [only] = own;
        if (only && own.length === 1) return addressRow(only);
        const known = own.filter(({ origin }) => origin === 'new').length;
        return {
          id: `validate/addresses/${network}`,
          label: network,
          description: `${own.length} addresses, ${known} new`,
          icon: 'globe',
          ...(known > 0 && { tone: 'warning' as const }),
          children: own.map(addressRow),
        };
      }),
    },
  ];
}

function addressRow({ ip, origin, first, last, events, web, api, deeds }: CheckedAddress): IncidentRow {
  const { word, tone } = looks[origin];
  const how = [web > 0 ? `${web} in the Console` : '', api > 0 ? `${api} by API` : ''].filter(Boolean).join(', ');
  return {
    id: `validate/address/${ip}`,
    label: ip,
    description: [
      word,
      `since ${utc(first)}`,
      `${events === 1 ? '1 event' : `${events} events`}${how === '' ? '' : ` (${how})`}`,
      ...(deeds > 0 ? [`${deeds} security-relevant`] : []),
    ].join(' · '),
    icon: 'location',
    ...(tone && { tone }),
    facts: [
      { name: 'First', value: { at: first } },
      { name: 'Last', value: { at: last } },
    ],
  };
}

/** `203.0.113.0/24`, `2001:db8:1::/48`; the address itself when it is none. */
function networkOf(ip: string): string {
  const four = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(ip)?.[1];
  if (four !== undefined) return `${four}.0/24`;
  const six = /^([0-9a-f]{1,4}:[0-9a-f]{1,4}:[0-9a-f]{1,4}):/i.exec(ip)?.[1];
  return six === undefined ? ip : `${six.toLowerCase()}::/48`;
}
