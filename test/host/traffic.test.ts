import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AccountSid } from '../../src/core/model/sid.ts';
import { createSession } from '../../src/ui/session.ts';
import { createTraffic } from '../../src/ui/traffic.ts';
import { fakeTwilio, sid } from '../core/fakeTwilio.ts';

suite('traffic', () => {
  test('is read again for a document when it is older than a minute, and shared before', async () => {
    let now = Date.parse('2026-11-21T12:00:00Z');
    const account = sid('AC', 1) as AccountSid;
    const twilio = fakeTwilio({ listAccounts: () => [], listMessages: () => [] });
    const session = createSession();
    const open = {
      connection: { id: account, name: 'Acme', account, credential: { kind: 'authToken' as const }, demo: true },
      twilio,
      journal: { append: async () => {} },
      dispose() {},
    };
    session.open(open);
    const log = vscode.window.createOutputChannel('traffic test', { log: true });
    const traffic = createTraffic({ session, clock: { now: () => now }, log, extensionUri: vscode.Uri.file('/') });
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
});
