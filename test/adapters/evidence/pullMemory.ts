import { createIncidentStore } from '../../../src/adapters/evidence/incidentStore.ts';
import { arrayTraffic } from '../../../src/simulator/arrayTraffic.ts';
import { startSimulator } from '../../../src/simulator/server/startSimulator.ts';
import { day, message, noon, sid, smallWorld } from '../../simulator/smallWorld.ts';
import { incident } from './captures.ts';
import { clock, memoryAnchors } from './journals.ts';
import { runPull } from './runPull.ts';

/** Megabytes a process grows by, at most, while it collects so many messages of five days. */
export async function memoryToPull(workspace: string, messages: number): Promise<number> {
  const window = { from: noon - 5 * day, to: noon };
  const between = (window.to - window.from - 1000) / messages;
  const many = Array.from({ length: messages }, (_, i) =>
    message(sid('SM', 1000 + i), window.from + Math.floor(((i * 7919) % messages) * between)),
  );
  const world = smallWorld({ messages: arrayTraffic(many) });
  const simulator = await startSimulator({ world });
  try {
    const folder = await createIncidentStore({ anchors: memoryAnchors(), clock }).create(workspace, {
      ...incident,
      window,
    });
    const from = { port: simulator.port, secret: world.mainAccount.authToken, window };
    return (await runPull(folder, from)).grewBy / 2 ** 20;
  } finally {
    await simulator.stop();
  }
}
