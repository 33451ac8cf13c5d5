import { utc } from '../model/age.ts';
import { clean, count, hit, notEnough, say, unread } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';

const check = {
  where: 'Console › Monitor › Insights › Audit events',
  consolePath: 'us1/monitor/insights/audit',
  what: 'Ask each person with access whether the address and the times are theirs.',
};

const a1: Signal = {
  id: 'A1',
  title: 'Console login or API activity from a new IP address',
  type: 'account-takeover',
  needs: ['events'],
  evaluate(facts) {
    const missing = unread(facts, ['events']);
    if (missing) return missing;
    const { takeover, thresholds, state } = facts;
    if (state.events.length === 0) return notEnough(say`The audit log that was collected holds no event.`, check);
    if (!takeover.judged)
      return notEnough(
        say`Less than ${thresholds.historyDays} days of the audit log were collected: which addresses are new cannot be told. ${count(takeover.addresses.length)} addresses were seen.`,
        check,
      );
    const fresh = takeover.addresses.filter(({ origin }) => origin === 'new');
    if (fresh.length === 0) return clean(say`Every address of the window was in the audit log before.`, { check });
    const judged = fresh.map((address) => ({
      address,
      deeds: takeover.deeds.filter(({ event, purpose }) => event.ip === address.ip && purpose !== 'login'),
    }));
    const [worst] = judged.toSorted((a, b) => b.deeds.length - a.deeds.length || b.address.first - a.address.first);
    if (!worst) return clean(say`No new address.`);
    const { address, deeds } = worst;
    const events = state.events.filter(({ event }) => event.ip === address.ip).slice(0, 4);
    const found = {
      evidence: events.flatMap(({ event, ref }) => [event.sid, facts.ref(ref)]),
      first: address.first,
      last: address.last,
      check,
    };
    const how = [address.web > 0 ? `${address.web} in the Console` : '', address.api > 0 ? `${address.api} by API` : '']
      .filter((part) => part)
      .join(', ');
    const others = fresh.length === 1 ? '' : ` ${count(fresh.length - 1)} more addresses are new.`;
    const said = say`${address.ip}: first seen ${utc(address.first)}, ${count(address.events)} events (${how}), ${count(deeds.length)} of them security-relevant.${others}`;
    if (deeds.length > 0) return hit(takeover.restless ? 'warning' : 'critical', said, found);
    return hit(address.api > 0 && !takeover.restless ? 'warning' : 'notice', said, found);
  },
};
export default a1;
