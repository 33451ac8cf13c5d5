import { expect, test } from 'vitest';
import { withoutCredentials } from '../../../src/core/evidence/addressCredentials.ts';

test('user names and passwords of webhooks are removed, and every other @ stays', () => {
  const row = {
    voice_url: 'https://acme:hunter2@example.com/voice?to=a@b.example',
    sms_url: 'https://k3y@example.com',
    changed: { previous: 'http://a:p%40ss%22@x.example', updated: 'https://example.com/@acme' },
    mail: 'ops@example.com and sip:bob@example.com',
  };
  const { text, removed } = withoutCredentials(JSON.stringify(row));
  expect(removed).toBe(3);
  expect(JSON.parse(text)).toEqual({
    voice_url: 'https://[removed]@example.com/voice?to=a@b.example',
    sms_url: 'https://[removed]@example.com',
    changed: { previous: 'http://[removed]@x.example', updated: 'https://example.com/@acme' },
    mail: 'ops@example.com and sip:bob@example.com',
  });
});

test('a long text takes time in proportion to its length', () => {
  const steps = (length: number) => {
    const text = `${'://a'.repeat(length / 4)}@`;
    const begun = process.cpuUsage().user;
    for (let n = 0; n < 20; n += 1) withoutCredentials(text);
    return process.cpuUsage().user - begun;
  };
  steps(100_000);
  expect(steps(800_000)).toBeLessThan(40 * Math.max(1000, steps(100_000)));
});
