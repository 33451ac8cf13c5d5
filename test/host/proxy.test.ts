import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { Connection } from '../../src/core/model/connection.ts';
import type { AccountSid } from '../../src/core/model/sid.ts';
import { testApi } from './world.ts';

const account = `AC${'0'.repeat(32)}` as AccountSid;
const connection: Connection = { id: account, name: '', account, credential: { kind: 'authToken' }, demo: false };

suite('the proxy set in VS Code', () => {
  test('is used for Twilio, sees no credential, and its refusal is explained', async () => {
    const asked: { url: string | undefined; headers: string }[] = [];
    const proxy = http.createServer();
    proxy.on('connect', (request, socket) => {
      asked.push({ url: request.url, headers: JSON.stringify(request.headers) });
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const settings = vscode.workspace.getConfiguration('http');
    await settings.update('proxy', `http://127.0.0.1:${port}`, vscode.ConfigurationTarget.Global);
    const { connect } = await testApi();
    const open = await connect(connection, 'f'.repeat(32));
    try {
      await assert.rejects(
        open.twilio.page({ operation: 'fetchAccount', account }),
        (error: Error & { code: string }) => {
          assert.equal(error.code, 'network');
          assert.match(error.message, /proxy/i);
          return true;
        },
      );
      assert.ok(asked.length > 0, 'the proxy was not asked');
      for (const { url, headers } of asked) {
        assert.equal(url, 'api.twilio.com:443');
        assert.doesNotMatch(headers, /authorization/i);
      }
    } finally {
      open.dispose();
      await settings.update('proxy', undefined, vscode.ConfigurationTarget.Global);
      proxy.close();
    }
  });
});
