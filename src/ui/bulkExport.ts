import { baselineProgressText, baselineSentence, orderProblem, orderText } from '../core/bulkExport/baselineText.ts';
import type { collectBaseline } from '../core/bulkExport/collectBaseline.ts';
import { baselineDays } from '../core/bulkExport/days.ts';
import type { OrderOutcome, PlacedOrder } from '../core/bulkExport/orderRecord.ts';
import type { Outlook } from '../core/bulkExport/outlook.ts';
import type { BaselineScope } from '../core/bulkExport/survey.ts';
import { UserError } from '../core/errors.ts';
import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import { heldCaptures } from '../core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import type { Clock } from '../core/ports.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { askBaselineAccounts, askNextStep, askTypes, confirmOrders } from './baselinePrompts.ts';
import { accountToCollect, incidentToCollect, reachableAccounts } from './collectFrom.ts';
import { switchMode } from './mode.ts';
import { say } from './say.ts';
import type { OpenConnection, Session } from './session.ts';
import type { TextPreview } from './textPreview.ts';
import { withProgress } from './withProgress.ts';

export interface BulkExportParts {
  readonly session: Session;
  readonly incidents: ActiveIncident;
  readonly store: () => Promise<EvidenceStore>;
  readonly preview: TextPreview;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly delay: Parameters<typeof collectBaseline>[0]['delay'];
  /** Shows what was recorded. */
  readonly refresh: () => void;
  /** Goes on after the command ended, such as a toast that waits for an answer. */
  readonly background: (work: () => Promise<void>) => void;
}

/** What a run is about. */
interface Run {
  readonly opened: OpenIncident;
  readonly open: OpenConnection;
  readonly scope: BaselineScope;
}

const busy =
  'A baseline is being collected. Stop it in its notification, or wait until it has ended, then try again. What is captured stays.';

export interface BulkExport {
  readonly collecting: boolean;
  run(): Promise<void>;
}

/** `Collect Baseline (BulkExport)…`: fetches exported days as evidence, and orders those that are missing after a confirmation. One run at a time. */
export function createBulkExport(parts: BulkExportParts): BulkExport {
  const { session, incidents, store, preview, clock, newId, refresh } = parts;
  let running = false;
  let collecting = false;

  async function run(): Promise<void> {
    const opened = await incidentToCollect(incidents);
    const open = opened && (await accountToCollect(session));
    if (!opened || !open) return;
    const scope = await askScope(opened, open);
    if (scope.accounts.length === 0 || scope.types.length === 0) return;
    const found = { opened, open, scope };
    const outlook = await look(found);
    for (const failure of outlook.failures) void say.warning(untrusted(failure).for('toast'));
    if (outlook.ready + outlook.underWay + outlook.toOrder === 0) {
      if (outlook.failures.length === 0)
        void say.info(phrase('toast')`All ${outlook.captured} days of the baseline are captured already.`);
      return;
    }
    const step = await askNextStep(outlook);
    const jobs = step === 'order' ? await order(found, outlook) : step === 'wait' ? outlook.jobs : [];
    if (!jobs) return;
    collecting = true;
    try {
      await collect(found, jobs);
    } finally {
      collecting = false;
    }
  }

  async function askScope({ incident, journal }: OpenIncident, open: OpenConnection): Promise<BaselineScope> {
    if (journal.readOnly !== undefined || !incident)
      throw new UserError('not-allowed', journal.readOnly ?? 'The incident can only be looked at.');
    const days = baselineDays(incident.window, clock.now());
    if (days.length === 0)
      throw new UserError(
        'bad-input',
        'The four weeks before this incident’s window lie in the future or in the last 48 hours, which cannot be exported. Nothing was sent.',
      );
    const types = await askTypes(days);
    const chosen = await askBaselineAccounts((await reachableAccounts(incident, open)).accounts);
    return { accounts: chosen.map(({ sid, name }) => ({ account: sid, name })), types, days };
  }

  /** Settles what was never known of earlier orders, then looks what there is. Reads only. */
  function look(run: Run): Promise<Outlook> {
    return held(run, () =>
      withProgress('Looking what is exported already', async (cancel) => {
        const [{ settleOrder }, { recordedOrders }, { surveyExports }, { outlookOf }] = await Promise.all([
          import('../core/bulkExport/order.ts'),
          import('../core/bulkExport/orderRecord.ts'),
          import('../core/bulkExport/survey.ts'),
          import('../core/bulkExport/outlook.ts'),
        ]);
        const { journal } = run.opened;
        const { twilio } = run.open;
        const about = ({ account, type }: Pick<PlacedOrder, 'account' | 'type'>) =>
          run.scope.types.includes(type) && run.scope.accounts.some((one) => one.account === account);
        const unknown: OrderOutcome[] = [];
        for (const unsettled of recordedOrders(journal.records).unsettled.filter(about)) {
          const outcome = await settleOrder(unsettled, { twilio, journal, now: clock.now() });
          if (outcome.result === 'unknown') unknown.push(outcome);
        }
        const surveyed = await surveyExports(twilio, run.scope, heldCaptures(journal.records), cancel);
        const placed = recordedOrders(journal.records).placed.filter(about);
        return outlookOf(surveyed, placed, { twilio, now: clock.now(), newId, open: unknown }, cancel);
      }),
    );
  }

  /** The jobs to wait for, after the person confirmed new ones; `undefined` when they did not. */
  async function order(run: Run, { orders, jobs }: Outlook): Promise<readonly PlacedOrder[] | undefined> {
    if (!(await containmentMode())) return undefined;
    const id = newId();
    await preview.show(id, 'Baseline', orderText(orders, run.open.connection));
    const confirmed = await confirmOrders(orders.length).finally(() => preview.close(id));
    if (!confirmed) return undefined;
    const { placeOrders } = await import('../core/bulkExport/order.ts');
    const outcomes = await held(run, () =>
      withProgress('Ordering the baseline', (cancel) =>
        placeOrders(orders, { twilio: run.open.twilio, journal: run.opened.journal }, cancel),
      ),
    );
    const problem = orderProblem(outcomes);
    if (problem !== undefined) void say.error(untrusted(problem).for('toast'));
    const at = clock.now();
    const placed = outcomes.flatMap(({ order: one, job }) => (job === undefined ? [] : [{ ...one, job, at }]));
    return placed.length === 0 && problem !== undefined ? undefined : [...jobs, ...placed];
  }

  async function collect(run: Run, jobs: readonly PlacedOrder[]): Promise<void> {
    const { collectBaseline: collectDays } = await import('../core/bulkExport/collectBaseline.ts');
    const { opened, open, scope } = run;
    const result = await held(run, () =>
      withProgress('Collecting the baseline', async (cancel, report) => {
        const writer = await (await store()).writer(opened);
        let last = '';
        return collectDays({
          ...scope,
          twilio: open.twilio,
          files: open.files,
          writer,
          jobs,
          held: heldCaptures(opened.journal.records),
          delay: parts.delay,
          cancel,
          onProgress: (progress) => {
            const text = baselineProgressText(progress);
            if (text !== last) report(text);
            last = text;
          },
        }).finally(() => writer.close());
      }),
    );
    refresh();
    const text = untrusted(baselineSentence(result)).for('toast');
    const well = result.waiting === 0 && result.failures.length === 0;
    parts.background(async () => void (await (well ? say.info(text) : say.warning(text))));
  }

  /** Incident and account stay as they were when the person was asked. */
  function held<T>({ opened, open }: Run, work: () => PromiseLike<T>): Promise<T> {
    if (incidents.current !== opened || session.current !== open)
      throw new UserError('state-moved', 'The incident or the account was switched meanwhile. Nothing was sent.');
    return incidents.hold(() => session.hold(async () => work(), busy), busy);
  }

  const inContainment = () => session.mode === 'containment';

  async function containmentMode(): Promise<boolean> {
    if (inContainment()) return true;
    const answer = await say.warning(
      phrase('toast')`This window is read-only, and ordering an export changes something at Twilio.`,
      'Switch to containment…',
    );
    if (answer) await switchMode(session);
    return inContainment();
  }

  return {
    /** Files may come at any time, also while Twilio works on them. */
    get collecting() {
      return collecting;
    },
    async run() {
      if (running) throw new UserError('state-moved', busy);
      running = true;
      try {
        await run();
      } finally {
        running = false;
      }
    },
  };
}
