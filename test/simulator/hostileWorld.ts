import type { GeneratedWorld } from '../../src/simulator/generate/buildWorld.ts';
import { newEvent } from '../../src/simulator/generate/events.ts';
import { generateWorld } from '../../src/simulator/generate/generateWorld.ts';
import { stream } from '../../src/simulator/random.ts';
import type { SimKey } from '../../src/simulator/world.ts';

/** Texts that must stay text wherever they are shown or written. */
export const hostileTexts: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  '[click me](command:workbench.action.terminal.new)',
  '[click me](command:twilio-incident.suspendSubaccount?%5B%5D)',
  '![image](https://tracker.example/pixel.png)',
  '<https://phish.example>',
  '`code` **bold** | table | cell\n# heading\n---\n- [ ] task',
  '$(trash) $(sync~spin) $' + '{env:HOME} {{constructor}}',
  '\u202egnp.exe\u202c \u2066isolated\u2069 \u200b\u200d\ufeff',
  '\u0000\u0007\u001b[31mred\u001b[0m\u001b]8;;https://phish.example\u0007link\u001b]8;;\u0007\r\n\t',
  '=HYPERLINK("https://phish.example","click") +1 -1 @SUM(A1)',
  '__proto__',
  'constructor',
  '../../../../etc/passwd',
  'CON.txt:stream',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'A'.repeat(10_240),
  `${'🧨'.repeat(300)}\ud800`,
  '',
  '   ',
];

/** A small world in which every text that others can write is hostile: names, bodies, URLs and descriptions. */
export function hostileWorld({ now }: { readonly now: () => number }): GeneratedWorld {
  const world = generateWorld({
    seed: 666,
    now,
    days: 7,
    messagesPerDay: 400,
    subaccounts: hostileTexts.length,
    numbers: 60,
    countries: 12,
  });
  const random = stream(666, 'hostile');
  const text = turns();
  const [name, body, description] = [turns(), turns(), turns()];
  for (const account of world.accounts.values()) {
    account.friendlyName = name();
    account.keys.splice(
      0,
      account.keys.length,
      ...account.keys.map((key): SimKey => ({ ...key, friendlyName: text() })),
    );
    for (const number of account.numbers) {
      number.friendlyName = text();
      number.voiceUrl = `https://voice.example/${text()}`;
      number.smsUrl = text();
      number.statusCallback = text();
    }
    account.messagingServices.splice(
      0,
      account.messagingServices.length,
      ...account.messagingServices.map((service) => ({ ...service, friendlyName: text(), inboundRequestUrl: text() })),
    );
    account.verifyServices.splice(
      0,
      account.verifyServices.length,
      ...account.verifyServices.map((service) => ({ ...service, friendlyName: text() })),
    );
    for (const message of account.messages.newestFirst(0, Number.POSITIVE_INFINITY)) {
      account.messages.change(
        message.sid,
        message.direction === 'inbound' ? { body: body() } : { body: body(), from: text() },
      );
    }
    for (const alert of account.alerts.newestFirst(0, Number.POSITIVE_INFINITY))
      account.alerts.change(alert.sid, { text: text() });
    for (const position of hostileTexts.keys()) {
      const changes = { [text() || 'name']: { previous: text(), updated: text() } };
      const what = { at: now() - (position + 1) * 60_000, description: description(), resourceSid: text(), changes };
      const by = { actorSid: undefined, actorType: 'user', source: 'web', ip: text() } as const;
      account.events.push(newEvent(random, { type: 'phone-number.updated', ...what, ...by }));
    }
    account.events.sort((a, b) => a.at - b.at);
  }
  return world;
}

/** Each call gives the next hostile text, round and round. */
function turns(): () => string {
  let turn = 0;
  return () => hostileTexts[turn++ % hostileTexts.length] ?? '';
}
