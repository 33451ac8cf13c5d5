import * as vscode from 'vscode';
import { replacementName } from '../core/contain/partCandidates.ts';
import type { Target } from '../core/contain/target.ts';
import type { AccountSid } from '../core/model/sid.ts';
import { isAmount, isCount, isLabel, isPermission, isPublicHttps } from '../core/twilio/patterns.ts';

/** Asks for one text; `undefined` when the person gives up. `problem` says what is wrong with it. */
async function ask(
  title: string,
  options: {
    readonly prompt: string;
    readonly value?: string;
    readonly problem: (text: string) => string | undefined;
  },
): Promise<string | undefined> {
  const { prompt, value, problem } = options;
  const text = await vscode.window.showInputBox({
    title,
    prompt,
    ...(value !== undefined && { value }),
    ignoreFocusOut: true,
    validateInput: (typed) => problem(typed.trim()),
  });
  return text?.trim();
}

/** What a new API key may do. `at`: epoch milliseconds, for its name. */
export async function askNewKey(title: string, account: AccountSid, at: number): Promise<readonly Target[]> {
  const permissions = (text: string) => text.split(/[\s,]+/).filter((one) => one !== '');
  const text = await ask(title, {
    prompt: 'Leave it empty for a standard key. For a restricted one: its permissions, separated by blanks',
    problem(typed) {
      const wrong = permissions(typed).find((one) => !isPermission(one));
      if (wrong !== undefined) return 'A permission is written as /twilio/messaging/messages/create';
      return permissions(typed).length > 100 ? 'A key may have 100 permissions at most' : undefined;
    },
  });
  if (text === undefined) return [];
  return [{ kind: 'newApiKey', account, name: replacementName(at), allow: permissions(text).join(' ') }];
}

/** How many verifications in what time, and the name the application is to send. */
export async function askVerifyLimit(title: string, account: AccountSid, service: string): Promise<readonly Target[]> {
  const name = await ask(title, {
    prompt: 'Its name, which your application sends with each verification',
    value: 'end_user_ip_address',
    problem: (typed) => (isLabel(typed) ? undefined : 'Letters, digits and _ . : - only'),
  });
  if (name === undefined) return [];
  const whole = (typed: string) => (isCount(typed) ? undefined : 'A whole number from 1 to 999999');
  const max = await ask(title, { prompt: 'How many verifications for one value', value: '5', problem: whole });
  if (max === undefined) return [];
  const interval = await ask(title, { prompt: 'In how many seconds', value: '600', problem: whole });
  return interval === undefined ? [] : [{ kind: 'newVerifyLimit', account, name, service, max, interval }];
}

/** From which sum a day on, and where Twilio posts it. */
export async function askUsageTrigger(title: string, account: AccountSid): Promise<readonly Target[]> {
  const value = await ask(title, {
    prompt: 'Tell when a day has cost this much, in the account’s currency',
    problem: (typed) => (isAmount(typed) ? undefined : 'A sum such as 100 or 99.50'),
  });
  if (value === undefined) return [];
  const url = await ask(title, {
    prompt: 'Twilio posts the notice to this webhook of yours, which must be public',
    value: 'https://',
    problem: (typed) => (isPublicHttps(typed) ? undefined : 'A public https:// address without user name'),
  });
  return url === undefined ? [] : [{ kind: 'newUsageTrigger', account, name: `Daily spend ${value}`, value, url }];
}
