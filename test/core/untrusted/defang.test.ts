import { expect, test } from 'vitest';
import { defang } from '../../../src/core/untrusted/defang.ts';
import { forHostileText } from './hostile.ts';

test.each([
  ['https://twillio-support.com/login?a=1', 'hxxps[://]twillio-support[.]com/login?a=1'],
  ['HTTP://a.b.example.co.uk', 'hxxp[://]a.b[.]example[.]co[.]uk'],
  ['see www.evil.example.', 'see www[.]evil[.]example.'],
  ['evil.example/x', 'evil[.]example/x'],
  ['пример.рф', 'пример[.]рф'],
  ['http://xn--e1afmkfd.xn--p1ai', 'hxxp[://]xn--e1afmkfd[.]xn--p1ai'],
  ['evil。example', 'evil[.]example'],
  ['mail a.b@c.example', 'mail a.b[@]c[.]example'],
  ['ftp://x.example sftp://x', 'fxp[://]x[.]example sfxp[://]x'],
  ['javascript:alert(1)', 'javascript[:]alert(1)'],
  ['data:text/html,x', 'data[:]text/html,x'],
  ['vscode://a.bc/x', 'vscode[://]a[.]bc/x'],
  ['file:///etc/passwd', 'file[://]/etc/passwd'],
  ['https:evil', 'https[:]evil'],
  ['file:', 'file[:]'],
  ['open \\\\host\\share', 'open [\\\\]host\\share'],
  ['https://evil⏎.example', 'hxxps[://]evil⏎[.]example'],
  ['evil.created.example', 'evil[.]created[.]example'],
  ['evil.created/x', 'evil[.]created/x'],
  ['evil.created:8080', 'evil[.]created:8080'],
  ['evil.createdx', 'evil[.]createdx'],
  ['evil.csv.example', 'evil[.]csv[.]example'],
  ['evil.csv/x', 'evil[.]csv/x'],
  ['evil.gz:8080', 'evil[.]gz:8080'],
  ['evil.example.csv', 'evil[.]example.csv'],
  ['evil.jsonx', 'evil[.]jsonx'],
  ['invoice.zip', 'invoice[.]zip'],
  ['https://evil.example/x.csv', 'hxxps[://]evil[.]example/x.csv'],
])('breaks %s', (live, dead) => {
  expect(defang(live)).toBe(dead);
});

test.each([
  'Costs 3.50 USD, e.g. today. Total: 5 GB at 12:30',
  '203.0.113.42',
  'whatsapp:+1415555XXXX',
  'AC12@',
  '你好。世界',
  'account-api-keys.created',
  '"event_type": "account-auth-token.secondary-created", "x": 1',
  'user-session.created (phone-number.deleted)',
  'BulkExport files (.json.gz), JSON of the API',
  'calls (1).csv, line 3: messages-2026.jsonl.gz: “x.txt”? a.json.',
])('leaves %s readable', (text) => {
  expect(defang(text)).toBe(text);
});

test('a second time changes nothing', () => {
  forHostileText((text) => {
    const once = defang(text);
    expect(defang(once)).toBe(once);
  });
});
