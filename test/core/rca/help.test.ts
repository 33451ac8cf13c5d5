import { expect, test } from 'vitest';
import { explain, type HelpSources, suggestions } from '../../../src/core/rca/help.ts';
import { plainForm } from '../../../src/core/rca/plainForm.ts';

const sid = `AC${'1'.repeat(32)}`;
const sources: HelpSources = {
  accounts: [{ sid, name: 'Acme' }],
  evidence: {
    sources: [],
    files: [{ id: 'E1', file: 'evidence/events-0001.jsonl.gz', sha256: 'a'.repeat(64), bytes: 1, rows: 51 }],
    bodies: 'masked',
    deletions: [],
  },
  records: [{ at: 0, lane: 'Support', what: 'Twilio Support contacted', about: ['4711'], citations: ['J6'] }],
};

test('evidence, records, accounts and actions are offered while writing', () => {
  const inserts = suggestions(sources).map(({ insert }) => insert);
  expect(inserts).toEqual(
    expect.arrayContaining(['(E1)', '(J6)', `\`${sid}\``, 'Put a CAPTCHA before every form that sends']),
  );
});

test('what indicators found is offered with its evidence, and the messages it rests on; anything else as an id is not', () => {
  const sid = `SM${'2'.repeat(32)}`;
  const examples = [{ sid, citation: 'E4:3' }, { sid: '[x](command:y)' }];
  const hit = { id: 'P2', title: 'Countries', sentence: '', citations: ['E4:3', 'J9'], examples };
  const verdict = { sentence: '', at: 0, hits: [hit, { ...hit, id: '`x`', examples: [] }] };
  const offered = suggestions({ ...sources, verdict }).filter(({ insert }) => insert.includes('E4'));
  expect(offered.map(({ label, insert }) => [label, insert])).toEqual([
    ['P2', '(E4:3, J9)'],
    [sid, `\`${sid}\` (E4:3)`],
  ]);
});

test('says what a SID, an event, a code and a citation are, and nothing of other words', () => {
  expect(explain(sid, sources)).toEqual(['Account of Twilio.', 'Called Acme.']);
  expect(explain(`SM${'1'.repeat(32)}`, sources)).toEqual(['Message of Twilio.']);
  expect(explain('30450', sources)?.[0]).toBe('Error 30450: SMS Pumping Protection block.');
  expect(explain('account-api-keys.created', sources)?.[0]).toBe('API key created.');
  expect(explain('E1:17', sources)?.[0]).toBe('evidence/events-0001.jsonl.gz, 51 rows.');
  expect(explain('J6', sources)).toEqual(['1970-01-01 00:00 UTC: Twilio Support contacted 4711.']);
  for (const word of ['E2', 'J7', '12345', 'evil.example', 'Russia']) expect(explain(word, sources)).toBeUndefined();
});

test('Twilio’s form gets the sentences without markers, pictures and diagrams', () => {
  const text = [
    '<!-- twilio-incident:numbers whole -->',
    '',
    '# Root cause analysis',
    '',
    '<!-- twilio-incident:begin impact -->',
    '',
    '![Messages](figures/a.svg)',
    '',
    '```mermaid',
    'gantt',
    '```',
    '',
    'It cost 3 USD (E1).',
    '',
    '<!-- twilio-incident:end impact -->',
    '',
    '```',
    'mine',
    '```',
    '![mine](https://x.example/a.svg)',
    '<!-- twilio-incident:begin loose -->',
    '',
  ].join('\r\n');
  expect(plainForm(text)).toBe(
    '# Root cause analysis\n\nIt cost 3 USD (E1).\n\n```\nmine\n```\n![mine](https://x.example/a.svg)\n<!-- twilio-incident:begin loose -->\n',
  );
});
