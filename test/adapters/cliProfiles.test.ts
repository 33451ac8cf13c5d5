import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readCliProfiles } from '../../src/adapters/cliProfiles.ts';

const accountSid = `AC${'1'.repeat(32)}`;
const apiKey = `SK${'3'.repeat(32)}`;
const apiSecret = 'hidden-canary-secret';

function fileWith(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cli-profiles-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'config.json');
  writeFileSync(path, content);
  return path;
}

function read(config: unknown) {
  return readCliProfiles(fileWith(JSON.stringify(config)));
}

describe('profiles of the Twilio CLI', () => {
  it('are read with their secrets, and the active one is known', async () => {
    const found = await read({
      activeProject: 'work',
      profiles: {
        work: { accountSid, apiKey, apiSecret, region: 'us1' },
        token: { accountSid, apiKey: accountSid, apiSecret },
      },
    });
    expect(found).toEqual([
      { kind: 'usable', name: 'work', accountSid, apiKey, apiSecret, region: 'us1', active: true },
      { kind: 'usable', name: 'token', accountSid, apiKey: accountSid, apiSecret, active: false },
    ]);
  });

  it('are none when the CLI was never used', async () => {
    await expect(readCliProfiles('/nowhere/at/all/config.json')).resolves.toEqual([]);
    await expect(read({})).resolves.toEqual([]);
  });

  it.each<[string, object, string]>([
    ['of another region', { accountSid, apiKey, apiSecret, region: 'ie1' }, 'US1'],
    ['without a secret', { accountSid, apiKey }, 'key store'],
    ['without an account', { apiKey, apiSecret }, 'Account SID'],
    ['with something else for a key', { accountSid, apiKey: 'key', apiSecret }, 'neither'],
  ])('%s are listed with the reason why they cannot be used', async (_what, profile, words) => {
    const [found] = await read({ profiles: { p: profile } });
    expect(found).toMatchObject({ kind: 'unusable', name: 'p' });
    expect(JSON.stringify(found)).toContain(words);
    expect(JSON.stringify(found)).not.toContain(apiSecret);
  });

  it('of older versions, which kept the secret in the system, are listed as unusable', async () => {
    const [found] = await read({ projects: [{ id: 'old', accountSid }], profiles: null });
    expect(found).toMatchObject({
      kind: 'unusable',
      name: 'old',
      accountSid,
      reason: expect.stringContaining('key store'),
    });
  });

  it.each(['', '{', 'null', '[]', '"x"', `{"profiles":{"p":{"apiSecret":"${apiSecret}"`])(
    'say so when the file is %j',
    async (content) => {
      const error = await readCliProfiles(fileWith(content)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'UserError', code: 'bad-input' });
      expect(String(error)).not.toContain('canary');
    },
  );

  it('say so when the file cannot be read', async () => {
    await expect(readCliProfiles(tmpdir())).rejects.toMatchObject({ code: 'bad-input' });
  });
});
