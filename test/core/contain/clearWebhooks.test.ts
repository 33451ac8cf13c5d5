import { expect, test } from 'vitest';
import clearWebhooks from '../../../src/core/actions/clearWebhooks.ts';
import { makePlan } from '../../../src/core/contain/plan.ts';
import { planText } from '../../../src/core/contain/planText.ts';
import { mainSid, noon, sid } from '../../simulator/smallWorld.ts';
import { connection, withLevers } from './leverWorld.ts';

test('the plan that clears webhooks says what then happens to calls and to messages', async () => {
  await withLevers(async ({ planning }) => {
    const number = { kind: 'phoneNumber', account: mainSid, name: '+14155550101', sid: sid('PN', 101) } as const;
    const text = planText(await makePlan(clearWebhooks, [number], planning), connection, noon);
    expect(text).toMatch(/Calls to it then: `not answered: .* out of service, and neither logs nor bills/);
    expect(text).toMatch(
      /Messages to it then: `not taken in and not billed, so nobody is answered, unless a Messaging/,
    );
  });
});
