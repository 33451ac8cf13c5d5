import https from 'node:https';
import net from 'node:net';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { connect, failure, json, messages, noMessages, real, serve, suspend, token } from './loopback.ts';
import { otherCertificate, startTls, twilioCertificate } from './tlsLoopback.ts';

const original = https.request;
const basic = `Basic ${Buffer.from(`${real.account}:${token}`).toString('base64')}`;
afterEach(() => {
  Object.assign(https, { request: original });
  for (const name of [
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'TWILIO_EDGE',
    'TWILIO_REGION',
    'TWILIO_ACCOUNT_SID',
    'TWILIO_AUTH_TOKEN',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'https_proxy',
    'ALL_PROXY',
  ])
    delete process.env[name];
});

/** Replaces `https.request` in place, as VS Code does, so that every connection goes to a loopback port. */
function redirect(port: number, change: https.RequestOptions = {}): https.RequestOptions[] {
  const asked: https.RequestOptions[] = [];
  Object.assign(https, {
    request: (options: https.RequestOptions) => {
      asked.push(options);
      return original({ ...options, host: '127.0.0.1', port, ...change });
    },
  });
  return asked;
}

async function tls(certificate = twilioCertificate) {
  const server = await startTls(certificate, JSON.stringify({ ...noMessages, status: 'suspended' }));
  onTestFinished(() => server.close());
  return server;
}

function onTwilio() {
  return connect(0, { connection: real, route: { kind: 'twilio' } }).twilio;
}

describe('Twilio over TLS', () => {
  it('is asked at its own host and port, with checked certificates, signed by the credential', async () => {
    const server = await tls();
    const asked = redirect(server.port, { ca: twilioCertificate.cert });
    await onTwilio().page(messages);
    expect(asked[0]).toMatchObject({
      host: 'api.twilio.com',
      port: 443,
      servername: 'api.twilio.com',
      rejectUnauthorized: true,
    });
    expect(server.seen).toEqual([
      expect.objectContaining({ authorization: basic, path: expect.stringContaining('/Messages.json?PageSize=1000') }),
    ]);
  });

  it('gives no agent, so that proxy support of VS Code is not bypassed', async () => {
    const server = await tls();
    const asked = redirect(server.port, { ca: twilioCertificate.cert });
    const twilio = onTwilio();
    await twilio.page(messages);
    await twilio.send(suspend);
    expect(asked.length).toBeGreaterThanOrEqual(2);
    expect(asked.filter((options) => 'agent' in options)).toEqual([]);
  });

  it.each<[string, typeof twilioCertificate, https.RequestOptions]>([
    ['is self-signed', twilioCertificate, {}],
    ['is for another host', otherCertificate, { ca: otherCertificate.cert }],
    ['is self-signed, with checks patched away', twilioCertificate, { rejectUnauthorized: false }],
    ['is for another host, with checks patched away', otherCertificate, { rejectUnauthorized: false }],
  ])('gets no credential when its certificate %s', async (_what, certificate, change) => {
    const server = await tls(certificate);
    redirect(server.port, change);
    const error = await failure(onTwilio().page(messages));
    expect(error.code).toBe('network');
    expect(error.message).toContain('certificate');
    const change_ = await failure(onTwilio().send(suspend));
    expect(change_.code).toBe('network');
    expect(server.seen).toHaveLength(0);
  });

  it('is not asked at all while NODE_TLS_REJECT_UNAUTHORIZED=0', async () => {
    const server = await tls();
    const asked = redirect(server.port);
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    const error = await failure(onTwilio().page(messages));
    expect(error.message).toContain('NODE_TLS_REJECT_UNAUTHORIZED');
    expect(asked).toHaveLength(0);
    expect(server.seen).toHaveLength(0);
  });

  it('gets a change on a new connection even from a pool that others fill', async () => {
    const server = await tls();
    const reused: boolean[] = [];
    Object.assign(https, {
      request: (options: https.RequestOptions) => {
        const request = original({ ...options, host: '127.0.0.1', port: server.port, ca: twilioCertificate.cert });
        request.once('finish', () => reused.push(request.reusedSocket));
        return request;
      },
    });
    const twilio = onTwilio();
    await twilio.page(messages);
    await twilio.page(messages);
    await twilio.send(suspend);
    expect(reused).toEqual([false, true, false]);
    expect(server.seen).toHaveLength(3);
  });
});

describe('a proxy', () => {
  /** What VS Code's proxy agent does when the proxy refuses: a plain socket that replays the refusal. */
  it.each(['407 Proxy Authentication Required', '403 Forbidden', '200 OK'])(
    'that answers %s itself is named, and sees no credential',
    async (answer) => {
      let heard = '';
      const proxy = net.createServer((socket) => {
        socket.on('data', (bytes) => {
          heard += bytes.toString();
        });
        socket.on('error', () => {});
        socket.end(`HTTP/1.1 ${answer}\r\nContent-Length: 0\r\n\r\n`);
      });
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void proxy.close());
      const address = proxy.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      Object.assign(https, {
        request: (options: https.RequestOptions) =>
          original({ ...options, createConnection: () => net.connect(port, '127.0.0.1') }),
      });
      const error = await failure(onTwilio().page(messages));
      expect(error.code).toBe('network');
      expect(error.message).toContain('proxy');
      expect(heard).toBe('');
    },
  );
});

describe('the environment', () => {
  it('cannot move a request to another host, account or proxy', async () => {
    const trap = await serve((_seen, response) => json(response, noMessages));
    let tunnels = 0;
    trap.server.on('connect', (_request, socket) => {
      tunnels += 1;
      socket.destroy();
    });
    Object.assign(process.env, {
      TWILIO_EDGE: 'evil',
      TWILIO_REGION: 'au1',
      TWILIO_ACCOUNT_SID: `AC${'e'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: 'e'.repeat(32),
      HTTP_PROXY: `http://127.0.0.1:${trap.port}`,
      HTTPS_PROXY: `http://127.0.0.1:${trap.port}`,
      https_proxy: `http://127.0.0.1:${trap.port}`,
      ALL_PROXY: `http://127.0.0.1:${trap.port}`,
    });
    const server = await tls();
    const asked = redirect(server.port, { ca: twilioCertificate.cert });
    await onTwilio().page(messages);
    expect(asked.map(({ host }) => host)).toEqual(['api.twilio.com']);
    expect(server.seen.map(({ authorization }) => authorization)).toEqual([basic]);
    expect(trap.seen).toHaveLength(0);
    expect(tunnels).toBe(0);
    const demoServer = await serve((_seen, response) => json(response, noMessages));
    await connect(demoServer.port).twilio.page(messages);
    expect(demoServer.seen.map(({ authorization }) => authorization)).toEqual([basic]);
    expect(trap.seen).toHaveLength(0);
  });
});
