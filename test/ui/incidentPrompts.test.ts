import { expect, test, vi } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import type { ListedIncident } from '../../src/core/evidence/incidentStore.ts';
import { noon, someIncident } from '../core/incidentView/facts.ts';
import { createFakeVscode } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({ module: {} as { window?: object } }));
vi.mock('vscode', () => fake.module);

interface Asked {
  readonly value: string;
  validateInput(entered: string): string | undefined;
}
let asked: Asked | undefined;
const { module } = createFakeVscode({ workspace: '', answer: () => undefined });
fake.module = {
  ...(module as object),
  window: {
    showInputBox: async (options: Asked) => {
      asked = options;
      return options.value;
    },
  },
};

const listed = (title: string, status: 'open' | 'closed'): ListedIncident => ({
  folder: title,
  opened: { readOnly: false, incident: someIncident({ title, status, created: noon }) },
});

test('a name that an incident of the workspace has is neither proposed nor taken, and it is said which has it', async () => {
  const { askTitle } = await import('../../src/ui/incidentPrompts.ts');
  const others = [
    listed('SMS pumping', 'closed'),
    listed('[evil](command:x)', 'open'),
    { folder: 'broken', opened: new UserError('bad-input', 'It is damaged.') },
  ];
  expect(await askTitle('Start Incident', 'SMS pumping', others)).toBe('SMS pumping 2');
  const said = asked?.validateInput(' sms pumping');
  expect(said).toBe(
    '“SMS pumping” of 2026-11-21 (closed) is called that. Give this one another name, such as “sms pumping 2”.',
  );
  expect(asked?.validateInput('[evil](command:x)')).toContain('(open) is called that');
  expect(asked?.validateInput('SMS pumping 2')).toBeUndefined();
  expect(asked?.validateInput('  ')).toContain('Give it a name');
  expect(await askTitle('Start Incident', 'Toll fraud', others)).toBe('Toll fraud');
});
