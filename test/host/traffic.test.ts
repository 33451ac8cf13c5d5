import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { IncidentStore, OpenIncident } from '../../src/core/evidence/incidentStore.ts';
import type { AccountSid } from '../../src/core/model/sid.ts';
import { createSession } from '../../src/ui/session.ts';
import { createTraffic } from '../../src/ui/traffic.ts';
import { createTrafficBlock } from '../../src/ui/trafficBlock.ts';
import { addToIncident, savePicture } from '../../src/ui/trafficExport.ts';
import { useWindow } from '../../src/ui/trafficWindow.ts';
import { fakeTwilio, sid } from '../core/fakeTwilio.ts';
import { attackState } from '../webview/states.ts';
import { answer } from './answers.ts';

/** No incident is open, and nothing fails. */
const noTools = {
  incidents: {
    current: undefined,
    onDidChange: new vscode.EventEmitter<void>().event,
    onDidWork: new vscode.EventEmitter<void>().event,
    hold: <T>(work: () => Promise<T>) => work(),
    open: () => Promise.reject(new Error('there is no incident')),
  },
  block: { contain: () => Promise.reject(new Error('nothing is to be changed')), main: () => undefined },
  store: () => Promise.reject(new Error('there is no store')),
  guard: (work: () => Promise<void>) => work(),
  restore: (viewType: string) => ({ viewType, waiting: false, take: () => undefined, dispose: () => {} }),
};

suite('traffic', () => {
  test('is read again for a document when it is older than a minute, and shared before', async () => {
    let now = Date.parse('2026-11-21T12:00:00Z');
    const account = sid('AC', 1) as AccountSid;
    const twilio = fakeTwilio({ listAccounts: () => [], listMessages: () => [] });
    const session = createSession();
    const open = {
      connection: { id: account, name: 'Acme', account, credential: { kind: 'authToken' as const }, demo: true },
      twilio,
      files: { async *rows() {} },
      journal: { append: async () => {}, records: async () => [], provenRecords: async () => [] },
      exclusively: <T>(work: () => Promise<T>) => work(),
      dispose() {},
    };
    session.open(open);
    const log = vscode.window.createOutputChannel('traffic test', { log: true });
    const tools = { ...noTools, now: () => now };
    const extensionUri = vscode.Uri.file('/');
    const detect = () => Promise.reject(new Error('there is nothing to judge'));
    const traffic = createTraffic({ session, clock: { now: () => now }, log, extensionUri, tools, detect });
    const reads = () => twilio.asked.filter(({ operation }) => operation === 'listAccounts').length;
    await traffic.latest(open);
    now += 30_000;
    await traffic.latest(open);
    assert.equal(reads(), 1);
    now += 60_000;
    const report = await traffic.latest(open);
    assert.equal(reads(), 2);
    assert.equal(report?.window.to, now);
    vscode.Disposable.from(traffic, session, log).dispose();
  });

  test('pictures and table go into the open incident, each recorded, while nothing else may take its place', async () => {
    const written: string[] = [];
    let held = 0;
    const opened = { folder: '/incident', title: 'One' } as OpenIncident;
    const store: Pick<IncidentStore, 'writeDocument'> = {
      async writeDocument(incident, name) {
        assert.equal(incident, opened);
        assert.equal(held, 1);
        written.push(name);
        return true;
      },
    };
    const tools = {
      ...noTools,
      now: () => Date.parse('2026-11-21T12:00:00Z'),
      incidents: {
        ...noTools.incidents,
        current: opened,
        async hold<T>(work: () => Promise<T>) {
          held++;
          const done = await work();
          held--;
          return done;
        },
      },
      store: async () => store as IncidentStore,
    };
    const state = attackState(3);
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1"><path d="M0 0"/></svg>\n';
    await addToIncident({ figures: [{ figure: 'map', svg }] }, state, tools);
    const both = ['figures/traffic-map-20261121T120000Z.svg', 'figures/traffic-table-20261121T120000Z.csv'];
    assert.deepEqual(written, both);
    const hostile = svg.replace('<path', '<script>1</script><path');
    await assert.rejects(addToIncident({ figures: [{ figure: 'map', svg: hostile }] }, state, tools), /no picture/);
    const none = { ...tools, incidents: noTools.incidents };
    await assert.rejects(addToIncident({ figures: [] }, state, none), /No incident/);
    assert.deepEqual(written, both);
  });

  test('a country to be blocked is taken to containment as its row would be, and a range says what there is instead', async () => {
    const account = sid('AC', 1) as AccountSid;
    const handed: unknown[] = [];
    const contain = async (action: { readonly id: string }, node: unknown) => {
      const { branch } = (node ?? { branch: {} }) as { branch: { target?: unknown } };
      handed.push([action.id, branch.target]);
    };
    const { block } = createTrafficBlock({ contain, main: () => account });
    const what = { country: 'RU', account: undefined } as const;
    await block({ ...what, channel: 'sms' }, undefined);
    await block({ ...what, channel: 'voice' }, undefined);
    const target = { account, iso: 'RU', name: 'Russia' };
    assert.deepEqual(handed, [
      ['closeSmsCountry', { kind: 'smsCountry', ...target }],
      ['closeVoiceCountry', { kind: 'voiceCountry', ...target }],
    ]);
    await answer(block({ ...what, channel: 'verify' }, undefined), [0]);
    assert.deepEqual(handed[2], ['createVerifyLimit', undefined]);
    await answer(block({ ...what, channel: 'sms', range: '+7958111xxxx' }, undefined), [1]);
    assert.equal(handed.length, 3);
    assert.match(await vscode.env.clipboard.readText(), /block outbound SMS .* \+7958111xxxx \(Russia\)/);
    const { block: alone } = createTrafficBlock({ contain, main: () => undefined });
    await assert.rejects(alone({ ...what, channel: 'sms' }, undefined), /No account is open/);
  });

  test('hours become the incident’s window only when they are chosen, and only hours that are shown', async () => {
    const state = attackState(0);
    const from = state.window?.from ?? 0;
    const hour = 3_600_000;
    const was = { from: from - hour, to: from };
    const opened = { folder: '/incident', title: 'One', incident: { window: was } } as OpenIncident;
    const set: unknown[] = [];
    const again: string[] = [];
    const tools = {
      incidents: {
        ...noTools.incidents,
        current: opened,
        async open(folder: string) {
          again.push(folder);
          return opened;
        },
      },
      store: async () => ({ setWindow: async (_: OpenIncident, window: unknown) => void set.push(window) }) as never,
    };
    const drawn = { from: from + 24.4 * hour, to: from + 27 * hour };
    await answer(useWindow(drawn, state, tools), [0]);
    assert.deepEqual(set, []);
    await answer(useWindow(drawn, state, tools), [1]);
    assert.deepEqual(set, [{ from: from + 24 * hour, to: from + 27 * hour }]);
    assert.deepEqual(again, ['/incident']);
    await assert.rejects(useWindow({ from: 0, to: 1 }, state, tools), /not among those shown/);
    const none = { ...tools, incidents: noTools.incidents };
    await assert.rejects(useWindow(drawn, state, none), /No incident is open/);
    assert.equal(set.length, 1);
  });

  test('what is no picture is not written', async () => {
    const state = attackState(0);
    await assert.rejects(savePicture({ figure: 'map', format: 'svg', data: '<html></html>' }, state), /no picture/);
    await assert.rejects(savePicture({ figure: 'map', format: 'png', data: 'R0lGODlh' }, state), /no picture/);
  });
});
