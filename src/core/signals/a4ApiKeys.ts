import { utc } from '../model/age.ts';
import { judgeDeeds } from '../validate/deeds.ts';
import type { Facts } from '../validate/facts.ts';
import { hit, say, unread } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';
import type { Made } from '../validate/stateFacts.ts';

const check = {
  where: 'Console › Account › API keys & tokens',
  consolePath: 'us1/account/keys-credentials/api-keys',
  what: 'Whether every key has an owner who knows it; Main keys can do everything the account can.',
};

const a4: Signal = {
  id: 'A4',
  title: 'New API key, or permissions changed',
  type: 'account-takeover',
  needs: ['events', 'keys'],
  evaluate(facts) {
    const missing = unread(facts, ['events', 'keys']);
    if (missing) return missing;
    const judged = judgeDeeds(facts, ['key'], 'API keys', check);
    const orphan = unexplained(facts)[0];
    if (judged.severity === 'critical' || judged.severity === 'warning' || !orphan) return judged;
    const found = { evidence: [orphan.sid, facts.ref(orphan.ref)], first: orphan.created, last: orphan.created, check };
    return hit(
      'notice',
      say`Key ${orphan.name} was created ${utc(orphan.created ?? 0)}, and the audit log that was collected does not say by whom.`,
      found,
    );
  },
};
export default a4;

/** Keys made while the audit log was being kept that it does not tell of. */
function unexplained({ state, from, own }: Facts): readonly Made[] {
  const told = new Set(state.events.map(({ event }) => event.resourceSid));
  const since = new Map<string, number>();
  for (const { event, account } of state.events) if (!since.has(account)) since.set(account, event.at);
  return state.keys.filter(
    ({ sid, created, account }) =>
      created !== undefined &&
      created > Math.max(from, since.get(account) ?? Infinity) &&
      !told.has(sid) &&
      !own?.keys.made.has(sid),
  );
}
