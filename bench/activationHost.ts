import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Connection } from '../src/core/model/connection.ts';
import { generateWorld } from '../src/simulator/generate/generateWorld.ts';
import { startSimulator } from '../src/simulator/server/startSimulator.ts';
import type { OpenConnection, Session } from '../src/ui/session.ts';
import { marksLine, readyLine, subaccounts } from './activationProtocol.ts';

/** What `activate()` returns when VS Code runs tests. */
interface TestApi {
  readonly session: Session;
  connect(connection: Connection, secret: string, route: { kind: 'simulator'; port: number }): Promise<OpenConnection>;
}

declare const MonacoPerformanceMarks: { getMarks(): { name: string; startTime: number }[] };

/** The half of the activation bench that runs in the extension host: activates, tells VS Code's own marks, opens a large account. */
export async function run(): Promise<void> {
  const id = 'incident-investigator.twilio-incident';
  const extension = vscode.extensions.getExtension<TestApi>(id);
  if (!extension) throw new Error(`${id} is not installed.`);
  if (extension.isActive) throw new Error('The extension was active before anything asked for it.');
  const api = await extension.activate();
  const between = (from: string, to: string): number =>
    markAt(`code/extHost/${to}/${id}`) - markAt(`code/extHost/${from}/${id}`);
  const marks = {
    loadMs: between('willLoadExtensionCode', 'didLoadExtensionCode'),
    activateMs: between('willActivateExtension', 'didActivateExtension'),
  };
  console.log(`${marksLine}${JSON.stringify(marks)}`);

  const world = generateWorld({ seed: 1, now: () => Date.now(), days: 7, subaccounts, messagesPerDay: 1000 });
  const main = world.accounts.get(world.main);
  if (!main) throw new Error('The generated world has no main account.');
  const simulator = await startSimulator({ world });
  const connection: Connection = {
    id: 'bench',
    name: main.friendlyName,
    account: main.sid,
    credential: { kind: 'authToken' },
    demo: true,
  };
  api.session.open(await api.connect(connection, main.authToken, { kind: 'simulator', port: simulator.port }));
  console.log(readyLine);
  while (!existsSync(process.env['BENCH_DONE'] ?? '')) await sleep(50);
  api.session.close();
  await simulator.stop();
}

function markAt(name: string): number {
  const mark = MonacoPerformanceMarks.getMarks().find((each) => each.name === name);
  if (!mark) throw new Error(`VS Code set no mark ${name}.`);
  return mark.startTime;
}
