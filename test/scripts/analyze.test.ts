import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { type Message, pumping, start, usual } from '../core/traffic/detect/madeUp.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'twilio-incident-analyze-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const account = `AC${'a'.repeat(32)}`;
const attackAt = 20 * 24 + 3;
const messages = [...usual(1, 6, 28), ...pumping(attackAt, 300, 3)];

const sid = (prefix: string, i: number): string => `${prefix}${i.toString(16).padStart(32, '0')}`;
const date = (time: number): string => new Date(time * 1000).toISOString();

function row({ time, recipient, outcome, price }: Message, i: number) {
  return {
    sid: sid('SM', i),
    account_sid: account,
    to: `+${recipient}`,
    from: '+15005550006',
    direction: 'outbound-api',
    status: (outcome ?? 0) >= 2 ? 'undelivered' : 'delivered',
    error_code: outcome === 3 ? 30450 : null,
    price: (-(price ?? 10_000) / 1e6).toFixed(5),
    price_unit: 'USD',
    date_sent: date(time),
    date_created: date(time),
    date_updated: date(time),
    body: 'Your "code", 123',
  };
}

function logs(name: string, files: Readonly<Record<string, string | Buffer>>): string {
  const here = path.join(folder, name);
  mkdirSync(here, { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(path.join(here, file), content);
  return here;
}

function analyze(...args: readonly string[]) {
  return spawnSync('node', ['scripts/analyze.ts', ...args], {
    encoding: 'utf8',
    cwd: path.join(import.meta.dirname, '../..'),
  });
}

interface Printed {
  readonly label: string;
  readonly country: string;
  readonly onset: string;
  readonly end: string;
  readonly observed: number;
  readonly cost: number;
  readonly currency: string;
  readonly conversion: { readonly whole: number };
  readonly blocked: { readonly pumping30450: number };
}

const rows = messages.map(row);
const lines = gzipSync(rows.map((one) => JSON.stringify(one)).join('\n'));

test('prints every finding of a BulkExport, with figures that are a recount', () => {
  const { stdout, status } = analyze(logs('bulk', { '2026-03-01.json.gz': lines }), '--json');
  expect(status).toBe(0);
  const found: Printed[] = JSON.parse(stdout);
  const frauds = found.filter(({ label }) => label === 'fraud');
  expect(frauds).toHaveLength(1);
  const [one] = frauds;
  expect(one).toMatchObject({
    country: 'DE',
    currency: 'USD',
    onset: date(start + attackAt * 3600).replace('.000', ''),
  });
  if (!one) return;
  const inside = messages.filter(
    ({ time }) => time * 1000 >= Date.parse(one.onset) && time * 1000 < Date.parse(one.end),
  );
  expect(one.observed).toBe(inside.length);
  expect(one.cost).toBeCloseTo(
    inside.reduce((sum, { price }) => sum + (price ?? 10_000) / 1e6, 0),
    6,
  );
  expect(one.blocked.pumping30450).toBe(60);
});

test('CSV, lists of the API and doubled messages give the same as a BulkExport', () => {
  const header = Object.keys(rows[0] ?? {});
  const cell = (value: unknown): string =>
    /[",]/.test(String(value ?? '')) ? `"${String(value).replaceAll('"', '""')}"` : String(value ?? '');
  const csv = [header.join(','), ...rows.map((one) => Object.values(one).map(cell).join(','))].join('\r\n');
  const half = rows.length >> 1;
  const pretty = JSON.stringify({ messages: rows.slice(0, half), page: 0 }, undefined, 2);
  const right = analyze(logs('bulk', { '2026-03-01.json.gz': lines }), '--json').stdout;
  expect(analyze(logs('csv', { 'log.csv': csv }), '--json').stdout).toBe(right);
  expect(analyze(logs('mixed', { 'a.json': pretty, 'b.json.gz': lines }), '--json').stdout).toBe(right);
});

test('attempts tell whether the codes were used', () => {
  const attempts = messages.map(({ time, recipient, conversion }, i) => ({
    sid: sid('VL', i),
    account_sid: account,
    date_created: date(time),
    conversion_status: conversion === 1 ? 'converted' : 'unconverted',
    channel_data: { to: `+${recipient}` },
  }));
  const file = path.join(
    logs('attempts', { 'attempts.json': attempts.map((one) => JSON.stringify(one)).join('\n') }),
    'attempts.json',
  );
  const here = logs('with', { 'log.json.gz': lines });
  const found: Printed[] = JSON.parse(analyze(here, '--json', '--attempts', file).stdout);
  const [one] = found.filter(({ label }) => label === 'fraud');
  expect(one?.conversion.whole).toBe(one?.observed);
  expect(analyze(here, '--attempts', file).stdout).toContain('of the codes were used');
});

test('a folder without logs is said to be one, and ends with 2', () => {
  const { status, stderr } = analyze(logs('empty', {}), '--json');
  expect(status).toBe(2);
  expect(stderr).toContain('There is no log in');
});

test('what cannot be read is named and the rest is read', () => {
  const here = logs('torn', {
    'a.json.gz': lines.subarray(0, 2000),
    'b.json.gz': lines,
    'c.json': '{"sid":"SM1"}\nnot json\n',
  });
  const { status, stdout, stderr } = analyze(here, '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout).length).toBeGreaterThan(0);
  expect(stderr).toContain('a.json.gz');
  expect(stderr).toMatch(/c\.json: 2 rows were not counted/);
});
