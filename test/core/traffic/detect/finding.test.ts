import { expect, test } from 'vitest';
import { isFraud } from '../../../../src/core/traffic/detect/detect.ts';
import type { Evidence, EvidenceKind } from '../../../../src/core/traffic/detect/evidence.ts';
import { findingsOf } from '../../../../src/core/traffic/detect/finding.ts';
import { blockName } from '../../../../src/core/traffic/detect/prefixes.ts';
import { conversions, outcomes } from '../../../../src/core/traffic/detect/rows.ts';
import { below, stream } from '../../../../src/simulator/random.ts';
import { type Message, pumping, seriesOf, start, subscriber, usual } from './madeUp.ts';

const days = 28;
const end = start + days * 86_400;
const attackAt = 20 * 24 + 3;
const find = (messages: readonly Message[], others: readonly Message[] = usual(9, 5, days, 33_610_0)) =>
  findingsOf({ series: [seriesOf('DE', messages), seriesOf('FR', others)], start, end });

test('a pumping burst is fraud, and its figures are a recount of the messages', () => {
  const messages = [...usual(1, 8, days), ...pumping(attackAt, 400, 3)];
  const [first, ...more] = find(messages);
  expect(more.filter(({ label }) => label === 'fraud')).toEqual([]);
  expect(first).toMatchObject({ label: 'fraud', country: 'DE', channel: 'sms', onset: start + attackAt * 3600 });
  if (!first) return;
  const counted = messages.filter(({ time }) => time >= first.onset && time < first.end);
  expect(first.observed).toBe(counted.length);
  expect(first.cost.total).toBe(counted.reduce((sum, { price }) => sum + (price ?? 10_000), 0));
  expect(first.blocked.pumping30450).toBe(80);
  expect(first.detected).toBe(start + (attackAt + 1) * 3600);
  expect(first.expected).toBeLessThan(0.1 * first.observed);
  expect(first.interval[1]).toBeLessThan(first.observed);
  expect(first.p).toBeLessThanOrEqual(first.q);
  const [block] = first.blocks;
  expect(block && blockName(block)).toBe('+4915109990xxx');
  expect(block?.messages).toBe(
    counted.filter(({ recipient }) => Math.floor(recipient / 1000) === 4_915_109_990).length,
  );
});

test('delivered is what has a receipt, in the surge as in what is usual: not what is still under way', () => {
  const waiting = (one: Message, i: number): Message => (i % 4 === 0 ? { ...one, outcome: outcomes.sent } : one);
  const messages = [...usual(1, 8, days), ...pumping(attackAt, 400, 3)].map(waiting);
  const [first] = find(messages);
  if (!first) throw new Error('nothing was found');
  const receipts = (some: readonly Message[]) => some.filter(({ outcome }) => outcome === outcomes.delivered).length;
  const during = messages.filter(({ time }) => time >= first.onset && time < first.end);
  expect(first.delivery).toMatchObject({ part: receipts(during), whole: during.length });
  const before = messages.filter(({ time }) => time < first.onset);
  expect(first.delivery.normal).toBeCloseTo(receipts(before) / before.length, 2);
});

test('the sentence names what speaks for fraud and holds no text from outside', () => {
  const [first] = find([...usual(1, 8, days), ...pumping(attackAt, 400, 3)]);
  expect(first?.sentence).toMatch(/^Looks like fraud: 4\d\d messages to .*\(Germany\) in 3 h where .* were expected/);
  expect(first?.sentence).toContain('of the codes were used');
  expect(first?.sentence).toContain('Twilio blocked');
  expect(first?.sentence).not.toContain('SHOP');
});

test('where nothing was sent before, the sentence tells the same bound as the views: at most 1', () => {
  const [first] = find(pumping(attackAt, 400, 3));
  expect(first?.sentence).toContain('to Germany in');
  expect(first?.sentence).toContain('where none were expected (at most 1)');
});

test('a campaign to customers is for review, never fraud', () => {
  const random = stream(3, 'campaign');
  const before = usual(1, 8, days);
  const blast = Array.from({ length: 1500 }, () => ({
    time: start + attackAt * 3600 + below(random, 3 * 3600),
    recipient: before[below(random, before.length)]?.recipient ?? 0,
    sender: 1,
  }));
  const found = find([...before, ...blast]);
  expect(found.length).toBeGreaterThan(0);
  expect(found.map(({ label }) => label)).not.toContain('fraud');
});

test('a surge of which nothing but the volume is known is for review, and says what was not known', () => {
  const random = stream(4, 'volume');
  const bare = ({ time, recipient }: Message): Message => ({ time, recipient });
  const more = Array.from({ length: 300 }, () => ({
    time: start + attackAt * 3600 + below(random, 7200),
    recipient: subscriber(random),
  }));
  const [first] = find([...usual(1, 8, days).map(bare), ...more], usual(9, 5, days, 33_610_0).map(bare));
  expect(first).toMatchObject({ label: 'review', country: 'DE' });
  expect(first?.missing).toContain('conversion');
  expect(first?.sentence).toMatch(/^Needs a look: .*Not known: which codes were used/);
});

test('volume, night, sender and a new country are never fraud without anything else', () => {
  const piece = (kind: EvidenceKind, decades: number): Evidence => ({ kind, decades, part: 1, whole: 1 });
  const circumstances = [piece('volume', 3), piece('night', 3), piece('new-country', 3), piece('sender', 3)];
  expect(isFraud({ evidence: circumstances, missing: [], decades: 12 })).toBe(false);
  expect(isFraud({ evidence: [...circumstances, piece('failed', 0.6)], missing: [], decades: 12.6 })).toBe(true);
  expect(isFraud({ evidence: [piece('failed', 0.6)], missing: [], decades: 0.6 })).toBe(false);
});

test('a launch whose new customers use their codes is not fraud', () => {
  const launch = usual(5, 30, 8, 48_600_0).map((message) => ({ ...message, time: message.time + attackAt * 3600 }));
  const found = findingsOf({ series: [seriesOf('DE', usual(1, 8, days)), seriesOf('PL', launch)], start, end });
  expect(found.filter(({ country }) => country === 'PL').length).toBeGreaterThan(0);
  expect(found.filter(({ label }) => label === 'fraud')).toEqual([]);
});

test('an attack that a busy country hides is found by its block of numbers', () => {
  const messages = [...usual(6, 120, days), ...pumping(attackAt + 9, 60, 6)];
  const found = find(messages).filter(({ label }) => label === 'fraud');
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ scope: 'blocks', country: 'DE' });
  const named = (found[0]?.blocks ?? []).map(blockName);
  expect(named.every((name) => name.startsWith('+49151099'))).toBe(true);
});

test('slow pumping is told within hours, since its numbers say what its volume does not say yet', () => {
  const [first] = find([...usual(11, 6, days), ...pumping(attackAt, 144, 48)]);
  expect(first?.label).toBe('fraud');
  expect(first?.detected).toBeLessThanOrEqual(start + (attackAt + 2) * 3600);
});

test('fraud does not become the normal that the next fraud is held against', () => {
  const twice = [...usual(1, 2, days), ...pumping(attackAt, 900, 40), ...pumping(attackAt + 96, 900, 40, 49_151_0_777)];
  const found = find(twice).filter(({ label }) => label === 'fraud');
  expect(found).toHaveLength(2);
  for (const { conversion } of found) expect(conversion.normal).toBeGreaterThan(0.65);
});

test('weeks without an incident have no fraud', () => {
  for (const seed of [11, 12, 13])
    expect(find(usual(seed, 20, days)).filter(({ label }) => label === 'fraud')).toEqual([]);
});

test('codes that are used more than usual speak for nothing', () => {
  const poor = usual(1, 8, days).map((message, i) => ({
    ...message,
    conversion: i % 12 === 0 ? conversions.converted : conversions.unconverted,
  }));
  const rich = usual(5, 60, 1).map((message) => ({
    ...message,
    time: message.time + 20 * 86_400,
    conversion: conversions.converted,
  }));
  const found = find([...poor, ...rich]);
  expect(found.length).toBeGreaterThan(0);
  for (const { evidence } of found)
    expect(evidence.find(({ kind }) => kind === 'conversion')?.decades ?? 0).toBeLessThanOrEqual(0);
});
