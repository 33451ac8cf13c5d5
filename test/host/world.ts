import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Connection } from '../../src/core/model/connection.ts';
import { startSimulator } from '../../src/simulator/server/startSimulator.ts';
import type { World } from '../../src/simulator/world.ts';
import type { AccountsView } from '../../src/ui/accountsView.ts';
import type { ActiveIncident } from '../../src/ui/activeIncident.ts';
import type { IncidentView } from '../../src/ui/incidentView.ts';
import type { OpenConnection, Session } from '../../src/ui/session.ts';
import type { TimelineView } from '../../src/ui/timelineView.ts';

/** What the extension gives to tests, and to nobody else. */
export interface TestApi {
  readonly session: Session;
  readonly view: AccountsView;
  readonly incidentView: IncidentView;
  readonly timelineView: TimelineView;
  readonly journalFolder: string;
  readonly incidents: ActiveIncident;
  connect(connection: Connection, secret: string, route?: { kind: 'simulator'; port: number }): Promise<OpenConnection>;
}

export async function testApi(): Promise<TestApi> {
  const extension = vscode.extensions.getExtension('incident-investigator.twilio-incident');
  assert.ok(extension, 'the extension is not installed');
  const api: TestApi = await extension.activate();
  return api;
}

/** Starts a simulator with this world and opens its main account in the extension. */
export async function openWorld(world: World) {
  const api = await testApi();
  const simulator = await startSimulator({ world });
  const main = world.accounts.get(world.main);
  assert.ok(main);
  const connection: Connection = {
    id: main.sid,
    name: main.friendlyName,
    account: main.sid,
    credential: { kind: 'authToken' },
    demo: true,
  };
  const open = await api.connect(connection, main.authToken, { kind: 'simulator', port: simulator.port });
  api.session.open(open);
  return { ...api, simulator, open, main };
}

/** Asks until it is so: what VS Code shows arrives later than the call that causes it. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    assert.ok(Date.now() < end, `waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
