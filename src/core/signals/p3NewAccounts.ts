import { span } from '../model/age.ts';
import type { Facts } from '../validate/facts.ts';
import { clean, count, hit, notEnough, say, unread } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';
import { accountText } from '../validate/words.ts';

const p3: Signal = {
  id: 'P3',
  title: 'Volume from new accounts; sequential recipients',
  type: 'sms-pumping',
  needs: ['messages', 'attempts'],
  evaluate(facts) {
    const missing = unread(facts, ['messages', 'attempts']);
    if (missing) return missing;
    const { messages, attempts, state, thresholds, now } = facts;
    if (messages.out.rows + attempts.rows.rows === 0)
      return notEnough(say`No message and no Verify attempt was collected.`);
    const { sequence } = thresholds.pumping;
    const runs = [runOf(facts, messages.out, messages.accounts), runOf(facts, attempts.rows, attempts.accounts)]
      .filter((run) => run.length >= sequence.messages)
      .toSorted((a, b) => b.length - a.length);
    const [run] = runs;
    const young = state.accounts.filter(
      ({ created }) => created !== undefined && now - created < thresholds.newAccountDays * span.day,
    );
    const youngSids = new Set(young.map(({ sid }) => sid));
    if (run) {
      const found = { evidence: run.refs.map(facts.ref), first: run.first, last: run.last };
      const age = youngSids.has(run.account) ? ', an account less than 7 days old' : '';
      return hit(
        'critical',
        say`${count(run.length)} recipients follow one another, in ${accountText(facts, run.account)}${age}: numbers made by a machine.`,
        found,
      );
    }
    const busy = young.filter(({ sid }) => surging(facts, sid));
    const [first] = busy;
    if (!first) return clean(say`No run of sequential recipients, and no rise in an account less than 7 days old.`);
    return hit('notice', say`${accountText(facts, first.sid)} is less than 7 days old and sends more than is usual.`, {
      evidence: [first.sid],
    });
  },
};
export default p3;

function surging({ surges }: Facts, account: string): boolean {
  return surges.some((surge) => surge.account === account);
}

interface Rows {
  readonly rows: number;
  readonly account: ArrayLike<number>;
  readonly country: ArrayLike<number>;
  readonly time: ArrayLike<number>;
  readonly recipient: ArrayLike<number>;
  readonly ref: ArrayLike<number>;
}

/** The longest run of messages of one account to one country in each of which the number is a little above the one before. */
function runOf(
  { thresholds, from }: Facts,
  { rows, account, country, time, recipient, ref }: Rows,
  accounts: readonly string[],
) {
  const { gap, seconds } = thresholds.pumping.sequence;
  interface Run {
    row: number;
    refs: number[];
    start: number;
    length: number;
  }
  const open = new Map<number, Run>();
  let best: Run & { readonly end: number } = { row: 0, refs: [], start: 0, length: 0, end: 0 };
  for (let i = 0; i < rows; i++) {
    const number = recipient[i] ?? 0;
    if (number === 0 || (time[i] ?? 0) * 1000 < from) continue;
    const key = (account[i] ?? 0) * 65_536 + (country[i] ?? 0);
    const run = open.get(key);
    const step = run ? number - (recipient[run.row] ?? 0) : 0;
    if (!run || step < 0 || step > gap || (time[i] ?? 0) - (time[run.row] ?? 0) > seconds) {
      open.set(key, { row: i, refs: [ref[i] ?? 0], start: i, length: 1 });
      continue;
    }
    run.row = i;
    // The same number again is a retry: it neither ends a run nor makes it longer.
    if (step === 0) continue;
    run.length += 1;
    if (run.refs.length < 5) run.refs.push(ref[i] ?? 0);
    if (run.length > best.length) best = { ...run, end: i };
  }
  return {
    length: best.length,
    account: accounts[account[best.start] ?? 0] ?? '',
    refs: best.refs,
    first: (time[best.start] ?? 0) * 1000,
    last: (time[best.end] ?? 0) * 1000,
  };
}
