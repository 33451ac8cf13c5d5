import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { connect, failure, main, real } from './loopback.ts';
import { otherCertificate, type TestCertificate, twilioCertificate } from './tlsLoopback.ts';

const original = https.request;
const bucket = 'com-twilio-exports.s3.us-east-1.amazonaws.com';
const location = `https://${bucket}/AC1/file.json.gz?X-Amz-Signature=abc`;
afterEach(() => {
  Object.assign(https, { request: original });
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
});

/** Twilio and the storage as two TLS servers; requests for either host go to its port, as a proxy of VS Code would do it. */
async function world(storageCertificate: TestCertificate = twilioCertificate) {
  const seen: { authorization: string | undefined; cookie: string | undefined }[] = [];
  const listen = async (certificate: TestCertificate, handler: Parameters<typeof https.createServer>[1]) => {
    const server = https.createServer(certificate, (request, response) => {
      const { authorization, cookie } = request.headers;
      seen.push({ authorization, cookie });
      handler?.(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  };
  const twilioPort = await listen(twilioCertificate, (_request, response) =>
    response.writeHead(307, { Location: location, 'Set-Cookie': 'a=b' }).end('{}'),
  );
  const storagePort = await listen(storageCertificate, (_request, response) =>
    response.end(gzipSync(`${JSON.stringify({ sid: 'SM1' })}\n`)),
  );
  const asked: https.RequestOptions[] = [];
  Object.assign(https, {
    request: (options: https.RequestOptions) => {
      asked.push(options);
      const port = options.host === bucket ? storagePort : twilioPort;
      // The test certificate is for *.twilio.com; that the name asked for is the storage's is looked at in `asked`.
      return original({
        ...options,
        host: '127.0.0.1',
        port,
        servername: 'api.twilio.com',
        ca: twilioCertificate.cert,
      });
    },
  });
  const { twilio } = connect(0, { connection: real, route: { kind: 'twilio' } });
  const read = async () => {
    const rows: unknown[] = [];
    for await (const batch of twilio.files.rows({ account: main, type: 'Messages', day: '2026-11-01' }))
      rows.push(...batch.rows);
    return rows;
  };
  return { seen, asked, read };
}

describe('an exported file in Amazon S3', () => {
  it('is fetched over checked TLS from the host Twilio names, with nothing of Twilio’s', async () => {
    const { seen, asked, read } = await world();
    expect(await read()).toEqual([{ sid: 'SM1' }]);
    expect(asked[0]).toMatchObject({ host: 'bulkexports.twilio.com', servername: 'bulkexports.twilio.com' });
    expect(asked[1]).toEqual({
      method: 'GET',
      host: bucket,
      port: 443,
      path: '/AC1/file.json.gz?X-Amz-Signature=abc',
      servername: bucket,
      headers: { 'Accept-Encoding': 'identity' },
      rejectUnauthorized: true,
    });
    expect(seen[0]?.authorization).toMatch(/^Basic /);
    expect(seen[1]).toEqual({ authorization: undefined, cookie: undefined });
  });

  it('is not fetched from a server whose certificate is not accepted', async () => {
    const { seen, read } = await world(otherCertificate);
    expect(await failure(read())).toMatchObject({ code: 'network', message: expect.stringContaining('certificate') });
    expect(seen).toHaveLength(1);
  });

  it('is not fetched while certificates are not checked', async () => {
    const { seen, read } = await world();
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    expect(await failure(read())).toMatchObject({ code: 'network' });
    expect(seen).toEqual([]);
  });
});
