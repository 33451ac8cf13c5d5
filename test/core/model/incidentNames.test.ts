import { expect, test } from 'vitest';
import { freeName, ofSameName } from '../../../src/core/model/incidentNames.ts';

const at = (day: number) => Date.UTC(2026, 10, day);
const others = [
  { title: 'SMS pumping', status: 'closed', created: at(19) },
  { title: 'sms  Pumping ', status: 'open', created: at(21) },
  { title: 'Toll fraud', status: 'open', created: at(20) },
] as const;

test('a name is taken whatever its capitals and blanks; the newest that has it is told', () => {
  expect(ofSameName('SMS Pumping', others)?.created).toBe(at(21));
  expect(ofSameName('SMS pumping 2', others)).toBeUndefined();
});

test('a free name is kept, else the first number that is free is added', () => {
  expect(freeName('Smishing', others)).toBe('Smishing');
  expect(freeName('SMS pumping', others)).toBe('SMS pumping 2');
  expect(freeName('Toll fraud', [...others, { title: 'Toll fraud 2', status: 'open', created: 0 }])).toBe(
    'Toll fraud 3',
  );
});
