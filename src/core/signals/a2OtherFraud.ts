import { clean, hit, notEnough, say } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';
import p1 from './p1VolumeRise.ts';
import p6 from './p6TwilioBlocks.ts';
import s1 from './s1IdenticalBodies.ts';
import t2 from './t2PremiumDestinations.ts';

/** One or two of each other type that say most by themselves. */
const others: readonly Signal[] = [p1, p6, t2, s1];

const a2: Signal = {
  id: 'A2',
  title: 'Other signs of fraud appear suddenly',
  type: 'account-takeover',
  needs: ['messages', 'calls', 'attempts', 'alerts'],
  evaluate(facts) {
    const results = others.map((signal) => ({ signal, result: signal.evaluate(facts) }));
    const hits = results.filter(({ result }) => result.state === 'hit' && result.severity === 'critical');
    const [first] = hits;
    if (!first) {
      return results.some(({ result }) => result.state === 'clean')
        ? clean(say`No strong sign of another fraud.`)
        : notEnough(say`No source was collected that would show another fraud.`);
    }
    const named = hits.map(({ signal }) => `${signal.id} ${signal.title}`).join('; ');
    const times = hits.flatMap(({ result }) => (result.first === undefined ? [] : [result.first]));
    // By itself it does not say who is behind it: other frauds need no stolen credential.
    return hit('notice', say`${named}. By itself that needs no stolen credential.`, {
      evidence: hits.flatMap(({ result }) => result.evidence.slice(0, 3)),
      first: times.length > 0 ? Math.min(...times) : undefined,
    });
  },
};
export default a2;
