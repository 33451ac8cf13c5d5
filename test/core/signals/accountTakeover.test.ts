import { describe, expect, it } from 'vitest';
import { account, captured, colleagues, day, event, hour, judge, now, sid, told } from '../validate/captured.ts';

const api = { actor_sid: account, source: 'api', source_ip_address: '203.0.113.42' };
const key = { event_type: 'account-api-keys.created', resource_sid: sid('SK', 9), description: 'API key ci created' };

describe('signs of an account takeover', () => {
  it('are no more than notices when a colleague makes the change from a known address', async () => {
    const { of, assessment } = await judge([
      ...colleagues(),
      event(now - hour, key),
      event(now - hour, { event_type: 'usage-trigger.deleted' }),
    ]);
    expect([told(of('A1')), told(of('A4')), told(of('A6'))]).toEqual(['clean', 'hit notice', 'hit notice']);
    expect(assessment.verdicts.find(({ type }) => type === 'account-takeover')?.grade).toBe('unlikely');
    expect(assessment.first).toBe('nothing');
  });

  it('leave out a key that was made here, and one deleted here, but nothing else that is done to such a key', async () => {
    const stranger = { ...api, source_ip_address: '203.0.113.7' };
    const doing = (type: string, number: number) =>
      event(now - hour, { ...stranger, event_type: `account-api-keys.${type}`, resource_sid: sid('SK', number) });
    const keys = { made: new Set([sid('SK', 9)]), deleted: new Set([sid('SK', 8)]) };
    const own = { keys, changes: [] };
    const a4 = async (...rows: readonly ReturnType<typeof event>[]) =>
      (await judge([...colleagues(), ...rows], undefined, [], undefined, own)).of('A4');
    const made = await a4(doing('created', 9), doing('deleted', 8));
    expect(told(made)).toBe('clean');
    expect(made.sentence).toContain('2 made by you with this extension');
    const listed = captured('keys', { sid: sid('SK', 9), date_created: new Date(now - hour).toISOString() });
    expect(told(await a4(listed))).toBe('clean');
    expect(told(await a4(doing('created', 9), doing('created', 8)))).toBe('hit critical');
    expect(told(await a4(doing('created', 9), doing('deleted', 9)))).toBe('hit critical');
  });

  it('leave out what was changed here, from wherever that was, and nothing else of the same kind', async () => {
    const stranger = { ...api, source_ip_address: '203.0.113.7' };
    const rows = (more: object = {}) => [
      ...colleagues(),
      event(now - hour, { ...stranger, event_type: 'account-auth-token.promoted', ...more }),
      event(now - hour, {
        ...stranger,
        event_type: 'sms-geographic-permissions.updated',
        event_data: { resource_properties: { country_RU: { previous: 'enabled', updated: 'disabled' } } },
      }),
    ];
    const { account } = event(now);
    const change = { account, from: now - hour, to: now - hour + 2000, after: {} };
    const changes = [
      { ...change, action: 'rotateAuthToken', target: `${account} Auth Token` },
      { ...change, action: 'closeSmsCountry', target: `${account} SMS RU` },
    ];
    const own = { keys: { made: new Set<string>(), deleted: new Set<string>() }, changes };
    const mine = await judge(rows(), undefined, [], undefined, own);
    expect(['A1', 'A5', 'A6'].map((id) => told(mine.of(id as 'A1')))).toEqual(['clean', 'clean', 'clean']);
    expect(mine.of('A5').sentence).toContain('No change of Auth Tokens');
    expect(mine.of('A5').sentence).toContain('but 1 made by you with this extension');
    const theirs = await judge(
      rows({ event_type: 'account-auth-token.secondary-deleted' }),
      undefined,
      [],
      undefined,
      own,
    );
    expect([theirs.of('A1'), theirs.of('A5')].map(told)).toEqual(['hit critical', 'hit critical']);
    const nobody = await judge(rows());
    expect(told(nobody.of('A6'))).toBe('hit critical');
  });

  it('tell what was before a change and after it, harmless to read', async () => {
    const changed = (properties: object) => ({ event_data: { resource_properties: properties } });
    const moved = { voice_url: { previous: 'https://voice.contoso.example/a', updated: 'https://evil.example/b' } };
    const opened = { 'RU.enabled': { previous: 'false', updated: 'true' } };
    const said = async (row: object) =>
      (await judge([...colleagues(), event(now - hour, { ...api, ...row })])).of('A6').sentence;
    expect(await said({ event_type: 'phone-number.updated', ...changed(moved) })).toContain(
      'voice_url: voice[.]contoso[.]example → evil[.]example',
    );
    expect(await said({ event_type: 'sms-geographic-permissions.updated', ...changed(opened) })).toMatch(
      /RU\S*enabled: false → true/,
    );
  });

  it('are left open when the audit log is too short to know an address', async () => {
    const { of, assessment } = await judge([event(now - 2 * day), event(now - hour, { ...api, ...key })]);
    expect([told(of('A1')), told(of('A4'))]).toEqual(['not enough data', 'hit warning']);
    expect(assessment.verdicts[0]).toMatchObject({ type: 'account-takeover', grade: 'possible' });
    expect(assessment.first).toBe('sanitize the account');
  });

  it('tell a login from a new address as a notice, and what is done from there as more', async () => {
    const login = event(now - 2 * hour, { source_ip_address: '198.51.100.200' });
    expect(told((await judge([...colleagues(), login])).of('A1'))).toBe('hit notice');
    const token = event(now - hour, { source_ip_address: '198.51.100.200', event_type: 'account-auth-token.promoted' });
    const { of } = await judge([...colleagues(), login, token]);
    expect([told(of('A1')), told(of('A5'))]).toEqual(['hit critical', 'hit critical']);
    expect(of('A1').sentence).toContain('2 in the Console');
  });

  it('weigh less where new addresses are common, as with build servers', async () => {
    const servers = Array.from({ length: 8 }, (_, i) =>
      event(now - (9 - i) * day, { ...api, source_ip_address: `192.0.2.${i + 1}`, event_type: 'phone-number.updated' }),
    );
    const { of } = await judge([
      ...colleagues(),
      event(now - 19 * day, api),
      ...servers,
      event(now - hour, { ...api, ...key, source_ip_address: '192.0.2.99' }),
    ]);
    expect([told(of('A1')), told(of('A4'))]).toEqual(['hit warning', 'hit warning']);
  });

  it('tell a webhook that was led to another host, with data taken and evidence deleted', async () => {
    const moved = {
      resource_properties: {
        voice_url: { previous: 'https://voice.contoso.example/a', updated: 'https://evil.example/a' },
      },
    };
    const renamed = { resource_properties: { friendly_name: { previous: 'a', updated: 'b' } } };
    const number = {
      ...api,
      event_type: 'phone-number.updated',
      resource_sid: sid('PN', 1),
      description: 'Number updated',
    };
    expect(told((await judge([...colleagues(), event(now - hour, { ...number, event_data: moved })])).of('A6'))).toBe(
      'hit critical',
    );
    expect(told((await judge([...colleagues(), event(now - hour, { ...number, event_data: renamed })])).of('A6'))).toBe(
      'clean',
    );
    const { of, facts } = await judge([
      ...colleagues(),
      event(now - hour, { ...api, event_type: 'recording.accessed' }),
    ]);
    expect(told(of('A6'))).toBe('hit critical');
    expect(facts.takeover.deeds.at(-1)).toMatchObject({ purpose: 'data', origin: 'new' });
  });

  it('show a key that the audit log does not explain', async () => {
    const orphan = captured('keys', {
      sid: sid('SK', 3),
      friendly_name: 'who-made-me',
      date_created: new Date(now - day).toISOString(),
    });
    const { of } = await judge([...colleagues(), orphan]);
    expect(told(of('A4'))).toBe('hit notice');
    expect(of('A4').sentence).toContain('who-made-me');
  });

  it('tell a password reset nobody here started', async () => {
    const reset = { event_type: 'user-password.updated', description: 'Password reset' };
    expect(told((await judge([...colleagues(), event(now - hour, { ...api, ...reset })])).of('A3'))).toBe(
      'hit critical',
    );
    expect(told((await judge([...colleagues(), event(now - hour, reset)])).of('A3'))).toBe('hit notice');
  });

  it('count nothing twice when a row was captured again', async () => {
    const twice = event(now - hour, { ...api, ...key });
    const { facts } = await judge([...colleagues(), twice, { ...twice, line: twice.line + 1000 }]);
    expect(facts.takeover.deeds.filter(({ purpose }) => purpose === 'key')).toHaveLength(1);
  });

  it('keep hostile names inert in their sentences', async () => {
    const { of } = await judge([
      ...colleagues(),
      event(now - hour, { ...api, ...key, description: 'key $(trash)\n\u202e https://evil.example' }),
    ]);
    expect(of('A4').sentence).not.toMatch(/\$\(|\n|\u202e|https:\/\//);
  });
});
