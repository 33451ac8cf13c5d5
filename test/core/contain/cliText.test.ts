import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { cliCommand } from '../../../src/core/contain/cliText.ts';
import { operations } from '../../../src/core/twilio/operations.ts';
import { isMutation } from '../../../src/core/twilio/request.ts';
import { extensionRequests } from '../../contract/extensionRequests.ts';
import { mainSid, sid, subSid } from '../../simulator/smallWorld.ts';

/** The part of the CLI's own code that names options. */
const { kebabCase } = createRequire(import.meta.url)('@twilio/cli-core/src/services/naming-conventions.js') as {
  kebabCase(name: string): string;
};

test('a change is a command of the CLI', () => {
  expect(cliCommand({ operation: 'updateAccountStatus', account: subSid, form: { Status: 'suspended' } })).toBe(
    `twilio api:core:accounts:update --sid ${subSid} --status suspended`,
  );
  expect(cliCommand({ operation: 'deleteKey', account: mainSid, path: { Sid: sid('SK', 1) } })).toBe(
    `twilio api:core:keys:remove --account-sid ${mainSid} --sid ${sid('SK', 1)}`,
  );
  expect(cliCommand({ operation: 'addSafeNumber', account: mainSid, form: { PhoneNumber: '+18001234xxx' } })).toBe(
    'twilio api:accounts:v1:safe-list:numbers:create --phone-number +18001234xxx',
  );
});

test('quotes keep a value one word, whatever is in it', () => {
  const form = { VoiceUrl: "https://x.example/$(touch a)'; rm -rf ~;'" };
  expect(cliCommand({ operation: 'updateWebhooks', account: mainSid, path: { Sid: sid('PN', 1) }, form })).toContain(
    `--voice-url 'https://x.example/$(touch a)'\\''; rm -rf ~;'\\'''`,
  );
});

test('every option is named as the CLI names it', () => {
  for (const request of extensionRequests.filter(isMutation)) {
    const words = cliCommand(request);
    expect(words).toMatch(/^twilio api:[a-z\d:-]+:(create|update|remove) ?/);
    for (const name of Object.keys({ ...request.path, ...request.query, ...request.form }))
      expect(words).toContain(`--${kebabCase(name)} `);
    expect(operations[request.operation].method).not.toBe('GET');
  }
});
