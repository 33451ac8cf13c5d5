import https from 'node:https';
import type { AddressInfo } from 'node:net';

/** Self-signed, made for these tests, worth nothing anywhere else. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

export const twilioCertificate: TestCertificate = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBmTCCAT6gAwIBAgIUOSx/lalmrxDG+lbBgIYvjQ2qbR8wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJdGVzdCBvbmx5MCAXDTI2MTEyMjAwNTMyNloYDzIxMjYxMDI5
MDA1MzI2WjAUMRIwEAYDVQQDDAl0ZXN0IG9ubHkwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQ5IlHFhy9glRxNzvteZk0L/L3DkHUuk7sIexiw0ysHbY/tIrlAFNm6
7MhG1FJ6d5FwHH+M7qMiUxVAd+MfREJPo2wwajAdBgNVHQ4EFgQUqNqry+Q2gcSc
umSQBZz7/O8bJoUwHwYDVR0jBBgwFoAUqNqry+Q2gcScumSQBZz7/O8bJoUwDwYD
VR0TAQH/BAUwAwEB/zAXBgNVHREEEDAOggwqLnR3aWxpby5jb20wCgYIKoZIzj0E
AwIDSQAwRgIhALtjdtTVIr0yXlN6fLVoIKc2JcjmyeEzAggoBGqAImN3AiEAsmpj
vtcE97lKNs4eqwLQEtBTzAZQFi1umza3a1IHnms=
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPkMfB2jytdwb4J2f
CpXw5DEdiGterIBGVLXl7owGPDWhRANCAAQ5IlHFhy9glRxNzvteZk0L/L3DkHUu
k7sIexiw0ysHbY/tIrlAFNm67MhG1FJ6d5FwHH+M7qMiUxVAd+MfREJP
-----END PRIVATE KEY-----`,
};

export const otherCertificate: TestCertificate = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBlzCCAT6gAwIBAgIUYCz9QpI380TNEnjc7nOCVSghWbMwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJdGVzdCBvbmx5MCAXDTI2MTEyMjAwNTMyNloYDzIxMjYxMDI5
MDA1MzI2WjAUMRIwEAYDVQQDDAl0ZXN0IG9ubHkwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQo2mkqWQKPkTeqbBVjqiGrea8CIQ/7ppv9IknnbQT1A6SWcvKRh//1
t9e2K93WNN0jDaU3/U1SMav+0RjdsyBzo2wwajAdBgNVHQ4EFgQUdD0dvBYm02nf
Ec6M2HlxUiWQF+swHwYDVR0jBBgwFoAUdD0dvBYm02nfEc6M2HlxUiWQF+swDwYD
VR0TAQH/BAUwAwEB/zAXBgNVHREEEDAOggxldmlsLmV4YW1wbGUwCgYIKoZIzj0E
AwIDRwAwRAIgdv0p7XJaERaSStUOhfi1O6fyb4y/Q9jfGEupecyL6UoCIFbrqxcV
WQr8ggyhlnPinAc3gdW3lH+LEvJhdtabqj7t
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgljW4qBIjyDcBe/ur
Q7x1O1ihJkj6l70+K7d2Wft0e5uhRANCAAQo2mkqWQKPkTeqbBVjqiGrea8CIQ/7
ppv9IknnbQT1A6SWcvKRh//1t9e2K93WNN0jDaU3/U1SMav+0RjdsyBz
-----END PRIVATE KEY-----`,
};

export interface TlsLoopback {
  readonly port: number;
  /** Requests whose headers arrived, with what they carried. */
  readonly seen: {
    readonly host: string | undefined;
    readonly authorization: string | undefined;
    readonly path: string;
  }[];
  close(): Promise<void>;
}

/** An HTTPS server on loopback that answers every request with this JSON text. */
export async function startTls(certificate: TestCertificate, body: string): Promise<TlsLoopback> {
  const seen: TlsLoopback['seen'] = [];
  const server = https.createServer(certificate, (request, response) => {
    const { host, authorization } = request.headers;
    seen.push({ host, authorization, path: request.url ?? '' });
    response.setHeader('Content-Type', 'application/json').end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
