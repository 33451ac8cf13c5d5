import { describe, expect, it } from 'vitest';
import { readExportLink } from '../../../src/adapters/twilio/exportLink.ts';

const twilio = { kind: 'twilio' } as const;
const simulator = { kind: 'simulator', port: 4711 } as const;

describe('the storage of exported files', () => {
  it.each([
    'https://documentation-example-twilio-bucket.s3.amazonaws.com/AC1?X-Amz-Signature=a%2Fb&x=1',
    'https://s3.amazonaws.com/bucket/AC1/Messages/2026-11-01.json.gz',
    'https://bucket.s3.us-east-1.amazonaws.com/a',
    'https://bucket.s3-us-west-2.amazonaws.com/a',
    'https://with.dots.s3.us-gov-west-1.amazonaws.com/a',
    'https://bucket.s3.dualstack.us-east-1.amazonaws.com/a',
  ])('is Amazon S3: %s', (text) => {
    const url = new URL(text);
    expect(readExportLink(text, twilio)).toEqual({ host: url.host, path: `${url.pathname}${url.search}` });
  });

  it.each([
    undefined,
    '',
    '/relative',
    '//bucket.s3.amazonaws.com/a',
    'http://bucket.s3.amazonaws.com/a',
    'HTTPS://bucket.s3.amazonaws.com/a',
    'ftp://bucket.s3.amazonaws.com/a',
    'file:///etc/passwd',
    'data:,x',
    'javascript:alert(1)',
    'https:bucket.s3.amazonaws.com/a',
    'https:/bucket.s3.amazonaws.com/a',
    'https:///bucket.s3.amazonaws.com/a',
    'https:\\\\bucket.s3.amazonaws.com\\a',
    'https://evil.example/a',
    'https://evil.example/https://bucket.s3.amazonaws.com/a',
    'https://evil.example?bucket.s3.amazonaws.com/',
    'https://evil.example#.s3.amazonaws.com/a',
    'https://evil.example\\.s3.amazonaws.com/a',
    'https://evil.example%2f.s3.amazonaws.com/a',
    'https://evil.example%00.s3.amazonaws.com/a',
    'https://s3.amazonaws.com.evil.example/a',
    'https://bucket.s3.amazonaws.com.evil.example/a',
    'https://s3.amazonaws.com-evil.example/a',
    'https://evils3.amazonaws.com/a',
    'https://amazonaws.com/a',
    'https://xamazonaws.com/a',
    'https://s3.xamazonaws.com/a',
    'https://s3-amazonaws.com/a',
    'https://s3amazonaws.com/a',
    'https://bucket.s3.amazonaws.com./a',
    'https://bucket.s3.amazonaws.com:443/a',
    'https://bucket.s3.amazonaws.com:8443/a',
    'https://bucket.s3.amazonaws.com:/a',
    'https://user@bucket.s3.amazonaws.com/a',
    'https://user:pass@bucket.s3.amazonaws.com/a',
    'https://bucket.s3.amazonaws.com@evil.example/a',
    'https://bucket.s3.amazonaws.com%40evil.example/a',
    'https://evil.example:443@bucket.s3.amazonaws.com/a',
    'https://ec2-203-0-113-7.compute-1.amazonaws.com/a',
    'https://evil-1.us-east-1.elb.amazonaws.com/a',
    'https://s3-evil.us-east-1.elb.amazonaws.com/a',
    'https://execute-api.us-east-1.amazonaws.com/a',
    'https://bucket.s3.amazonaws.com.cn/a',
    'https://203.0.113.7/a',
    'https://169.254.169.254/latest/meta-data/',
    'https://0x7f000001/a',
    'https://[::1]/a',
    'https://localhost/a',
    'https://127.0.0.1:4711/a',
    'http://127.0.0.1:4711/a',
    'https://api.twilio.com/a',
    'https://bücket.s3.amazonaws.com/a',
    'https://bucket.s3.аmazonaws.com/a',
    'https://bucket。s3.amazonaws.com/a',
    'https://bucket.s3.amazonaws.com/a b',
    'https://bucket.s3.amazonaws.com/a\r\nAuthorization: x',
    'https://bucket.s3.amazonaws.com/a\\@evil.example',
    'https://bucket.s3.amazonaws.com/a#b',
    'https://bucket.s3.\tamazonaws.com/a',
    ' https://bucket.s3.amazonaws.com/a',
    'https://bucket.s3.amazonaws.com',
    `https://bucket.s3.amazonaws.com/${'a'.repeat(9000)}`,
  ])('is not %j', (text) => {
    expect(() => readExportLink(text, twilio)).toThrow(expect.objectContaining({ code: 'not-allowed' }));
  });
});

describe('the storage of the demo', () => {
  it('is the simulator', () => {
    expect(readExportLink('http://127.0.0.1:4711/a?b=c', simulator)).toEqual({
      host: '127.0.0.1:4711',
      path: '/a?b=c',
    });
  });

  it.each([
    'http://127.0.0.1:4712/a',
    'http://127.0.0.1:47110/a',
    'http://127.0.0.1/a',
    'https://127.0.0.1:4711/a',
    'http://localhost:4711/a',
    'http://127.0.0.1:4711@evil.example/a',
    'http://user@127.0.0.1:4711/a',
    'http://127.0.0.1:4711',
    'http://127.0.0.1:4711/a b',
    'https://bucket.s3.amazonaws.com/a',
  ])('is not %j', (text) => {
    expect(() => readExportLink(text, simulator)).toThrow(expect.objectContaining({ code: 'not-allowed' }));
  });
});
