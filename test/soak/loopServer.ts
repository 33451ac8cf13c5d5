import { parentPort, workerData } from 'node:worker_threads';
import { arrayTraffic } from '../../src/simulator/arrayTraffic.ts';
import { startSimulator } from '../../src/simulator/server/startSimulator.ts';
import { day, message, noon, sid, smallWorld } from '../simulator/smallWorld.ts';

// Twilio in a thread of its own, so that serving does not count as what collecting costs its own thread.
const { messages } = workerData as { readonly messages: number };
const span = 5 * day;
const many = Array.from({ length: messages }, (_, i) =>
  message(sid('SM', 1000 + i), noon - span + Math.floor((((i * 7919) % messages) * span) / messages)),
);
const world = smallWorld({ messages: arrayTraffic(many) });
const simulator = await startSimulator({ world, latencyMs: 40 });
parentPort?.on('message', () => void simulator.stop());
parentPort?.postMessage({ port: simulator.port, secret: world.mainAccount.authToken });
