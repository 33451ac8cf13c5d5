import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import {
  type Incident,
  incidentFolderName,
  incidentToJson,
  type OpenedIncident,
  parseIncident,
} from '../../../src/core/model/incident.ts';
import type { Json } from '../../../src/core/model/json.ts';
import { accountSid } from '../../../src/core/model/sid.ts';
import { forHostileText } from '../untrusted/hostile.ts';

const created = Date.UTC(2026, 10, 21, 23, 59);

function anIncident(): Incident {
  const sid = accountSid(`AC${'1'.repeat(32)}`);
  if (!sid) throw new Error('not a SID');
  return {
    id: 'i1',
    title: 'SMS pumping',
    accounts: [{ sid, name: 'Acme [x](command:y)' }],
    window: { from: created - 3_600_000, to: created },
    status: 'open',
    created,
  };
}

function parse(json: Json): OpenedIncident {
  const opened = parseIncident(json);
  if (opened instanceof UserError) throw opened;
  return opened;
}

describe('the folder of an incident', () => {
  test('is named by its UTC day and its title', () => {
    expect(incidentFolderName(created, 'SMS pumping')).toBe('2026-11-21-sms-pumping');
  });

  test('stays one safe path segment whatever the title is', () => {
    forHostileText((title) => expect(incidentFolderName(created, title)).toMatch(/^2026-11-21-[a-z0-9-]{1,50}$/));
  });

  test('needs a time', () => {
    expect(() => incidentFolderName(Number.NaN, 'x')).toThrow(UserError);
  });
});

describe('incident.json', () => {
  test('gives back what was written, through text', () => {
    const written: Json = JSON.parse(JSON.stringify(incidentToJson(anIncident())));
    expect(written).toMatchObject({ format: 1, created: '2026-11-21T23:59:00.000Z' });
    expect(parse(written)).toEqual({ readOnly: false, incident: anIncident() });
  });

  test('of a later format opens read-only, with what can be shown', () => {
    expect(parse({ ...incidentToJson(anIncident()), format: 2, status: 'archived' })).toEqual({
      readOnly: true,
      format: 2,
      title: 'SMS pumping',
    });
  });

  test.each<[string, Json]>([
    ['JSON object', null],
    ['JSON object', []],
    ['format', { ...incidentToJson(anIncident()), format: 'one' }],
    ['format', { ...incidentToJson(anIncident()), format: 0 }],
    ['id', { ...incidentToJson(anIncident()), id: '' }],
    ['title', { ...incidentToJson(anIncident()), title: null }],
    ['status', { ...incidentToJson(anIncident()), status: 'toString' }],
    ['created', { ...incidentToJson(anIncident()), created: 'yesterday' }],
    ['window', { ...incidentToJson(anIncident()), window: { from: '2026-11-21T00:00:00Z' } }],
    ['window', { ...incidentToJson(anIncident()), window: { from: '2026-11-21', to: '2026-11-20' } }],
    ['accounts', { ...incidentToJson(anIncident()), accounts: {} }],
    ['accounts', { ...incidentToJson(anIncident()), accounts: [{ sid: 'AC1', name: 'x' }] }],
    ['accounts', { ...incidentToJson(anIncident()), accounts: ['AC'] }],
  ])('with a wrong %s is refused with a sentence that names it', (what, json) => {
    const refused = parseIncident(json);
    expect(refused).toBeInstanceOf(UserError);
    expect(refused).toMatchObject({ code: 'bad-input', message: expect.stringContaining(what) });
  });
});
