import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { OpenIncident } from '../../src/core/evidence/incidentStore.ts';
import type { KnownEvidence } from '../../src/core/incidentView/knownEvidence.ts';
import type { ImportedTraffic, LogImporter } from '../../src/core/traffic/logImport.ts';
import type { TrafficReport } from '../../src/core/traffic/report.ts';
import { type RcaTrafficParts, rcaTraffic } from '../../src/ui/rcaTraffic.ts';
import { createSession } from '../../src/ui/session.ts';
import { fakeTwilio } from '../core/fakeTwilio.ts';
import { coverage, hour, main, noon, someIncident, sub } from '../core/incidentView/facts.ts';

const incident = someIncident({ accounts: [{ sid: main, name: 'Acme' }] });
const opened: OpenIncident = {
  folder: '/nowhere',
  title: incident.title,
  incident,
  journal: {
    records: [],
    head: undefined,
    readOnly: undefined,
    unsealed: 0,
    trimmed: undefined,
    append: async () => {},
    close: async () => {},
  },
};
const report = (to: number): TrafficReport => ({ window: { from: to - hour, to }, accounts: [], gaps: [] });
const summary = { rows: 300, superseded: 0, bad: { count: 0, first: [] }, files: [{ name: 'a.csv', rows: 300 }] };
const counted = (to: number): ImportedTraffic => ({ report: report(to), summary, from: noon, to: noon });

/** Each way to get traffic answers with another end of the window. */
function setUp(account = main) {
  const session = createSession();
  const importer: LogImporter = {
    importFiles: async () => counted(3),
    last: async () => ({ summary, open: async () => counted(3) }),
    rejected: async () => [],
  };
  const parts: RcaTrafficParts = {
    session,
    clock: { now: () => noon },
    traffic: async () => report(1),
    collected: async () => counted(2),
    importer: async () => importer,
  };
  const signIn = () =>
    session.open({
      connection: { id: account, name: 'Acme', account, credential: { kind: 'authToken' }, demo: false },
      twilio: fakeTwilio({}),
      files: { async *rows() {} },
      journal: { append: async () => {}, records: async () => [], provenRecords: async () => [] },
      exclusively: (work) => work(),
      dispose() {},
    });
  const ask = (...messages: KnownEvidence['coverage']) =>
    rcaTraffic(opened, incident, { held: [], accounts: [], window: incident.window, coverage: messages }, parts);
  return { ask, signIn, parts };
}
const partial = coverage({ state: 'partial', why: ['Twilio answered 503.'] });

suite('the traffic of an RCA', () => {
  test('comes from evidence that is complete, also when an account is open', async () => {
    const { ask, signIn } = setUp();
    signIn();
    const facts = await ask(coverage());
    assert.equal(facts.asOf, 2);
    assert.match(facts.trafficFrom ?? '', /evidence/);
  });

  test('comes from Twilio when evidence is incomplete and the account is open, else from what there is', async () => {
    const { ask, signIn } = setUp();
    assert.equal((await ask(partial)).asOf, 2);
    signIn();
    assert.equal((await ask(partial)).asOf, 1);
    assert.equal((await ask()).asOf, 1);
  });

  test('never comes from an account the incident is not about', async () => {
    const { ask, signIn } = setUp(sub);
    signIn();
    assert.equal((await ask(partial)).asOf, 2);
  });

  test('comes from imported logs only when the person says that they are these', async () => {
    const { ask } = setUp();
    for (const [wanted, asOf] of [
      ['without', noon],
      ['with', 3],
    ] as const) {
      const asking = ask();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      if (wanted === 'with') await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const facts = await asking;
      assert.equal(facts.asOf, asOf);
      assert.equal(facts.traffic === undefined, wanted === 'without');
      if (wanted === 'without') assert.match(facts.gaps.join(' '), /no account was open/);
      else assert.match(facts.trafficFrom ?? '', /imported logs: 300 messages from 1 file/);
    }
  });
});
