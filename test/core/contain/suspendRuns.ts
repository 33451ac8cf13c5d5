import fc from 'fast-check';
import { applyPlan } from '../../../src/core/contain/apply.ts';
import { arrayTraffic } from '../../../src/simulator/arrayTraffic.ts';
import type { SimCall } from '../../../src/simulator/world.ts';
import { minute, noon, type SmallWorld, sid } from '../../simulator/smallWorld.ts';
import { directLever } from './directLevers.ts';
import { leverCases } from './leverCases.ts';

/** What came of suspending a subaccount while calls come and go. `live` counts calls under way after it was called done. */
export interface Suspensions {
  runs: number;
  calls: number;
  done: number;
  live: number;
  /** Suspended later than its calls were first ended, or never ended afterwards. */
  unordered: number;
}

const statuses: readonly SimCall['status'][] = ['queued', 'ringing', 'in-progress', 'completed'];

const random = fc.record({
  calls: fc.array(fc.constantFrom(...statuses), { maxLength: 30 }),
  /** After which request a call begins that was not there before. */
  arrivals: fc.array(fc.nat(40), { maxLength: 6 }),
});

/** Suspends a subaccount with random calls, of which some begin meanwhile. Throws for the first in which calls go on unsaid. */
export async function suspendRuns(runs: number): Promise<Suspensions> {
  const totals: Suspensions = { runs: 0, calls: 0, done: 0, live: 0, unordered: 0 };
  await fc.assert(
    fc.asyncProperty(random, async ({ calls, arrivals }) => {
      const wrong = totals.live + totals.unordered;
      await suspend(calls, arrivals, totals);
      totals.runs += 1;
      if (totals.live + totals.unordered > wrong)
        throw new Error('calls go on after a suspension that was called done');
    }),
    { numRuns: runs },
  );
  return totals;
}

async function suspend(calls: readonly SimCall['status'][], arrivals: readonly number[], totals: Suspensions) {
  const base = leverCases.find(({ action }) => action === 'suspendSubaccount');
  if (!base) throw new Error('there is no such lever');
  const rows = [...calls, ...arrivals.map(() => 'completed' as const)].map(callOf);
  const at = directLever({
    ...base,
    prepare: ({ sub }: SmallWorld) => void Object.assign(sub, { calls: arrayTraffic(rows) }),
  });
  let sent = 0;
  const twilio = {
    ...at.twilio,
    async send(...request: Parameters<typeof at.twilio.send>) {
      const reply = at.twilio.send(...request);
      for (const [place, after] of arrivals.entries())
        if (after === sent) at.world.sub.calls.change(rows[calls.length + place]?.sid ?? '', { status: 'in-progress' });
      sent += 1;
      return reply;
    },
  };
  const { outcomes } = await applyPlan(await at.plan(), { ...at.context, twilio });
  totals.calls += calls.length + arrivals.length;
  if (outcomes[0]?.result !== 'done') return;
  totals.done += 1;
  const now = [...at.world.sub.calls.newestFirst(0, noon)];
  totals.live += now.filter(({ status }) => ['queued', 'ringing', 'in-progress'].includes(status)).length;
  const lines = at.twilio.changes.map(({ asked }) => asked);
  const suspended = lines.findIndex((line) => line.endsWith('Status=suspended'));
  const first = lines.findIndex((line) => line.endsWith('Status=completed'));
  if (calls.some((status) => status !== 'completed') && first > suspended) totals.unordered += 1;
}

function callOf(status: SimCall['status'], place: number): SimCall {
  const numbers = { from: '+14155550101', to: '+37120000000', direction: 'outbound-api' } as const;
  return { sid: sid('CA', 5000 + place), at: noon - place * minute, ...numbers, status, duration: 0, price: undefined };
}
