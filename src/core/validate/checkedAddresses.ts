import type { CheckedAddress } from './checked.ts';
import type { Takeover } from './takeover.ts';

/** An account of build servers has thousands. */
export const mostAddresses = 60;
const order: readonly CheckedAddress['origin'][] = ['new', 'unjudged', 'known'];

/** The addresses of the audit log: new ones first, then those that changed most. */
export function checkedAddresses({ addresses, deeds }: Takeover): readonly CheckedAddress[] {
  const counts = Map.groupBy(
    deeds.filter(({ purpose }) => purpose !== 'login'),
    ({ event }) => event.ip,
  );
  return addresses
    .flatMap(({ ip, origin, first, last, events, web, api }): readonly CheckedAddress[] =>
      origin === 'Twilio' ? [] : [{ ip, origin, first, last, events, web, api, deeds: counts.get(ip)?.length ?? 0 }],
    )
    .toSorted((a, b) => order.indexOf(a.origin) - order.indexOf(b.origin) || b.deeds - a.deeds || b.last - a.last)
    .slice(0, mostAddresses);
}
