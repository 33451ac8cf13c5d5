import * as vscode from 'vscode';
import type { Connection } from '../core/model/connection.ts';
import { type AccountSid, accountSid, isSid } from '../core/model/sid.ts';

/** What a person typed to sign in; checked for shape, not yet by Twilio. */
export interface Credential {
  readonly account: AccountSid;
  readonly kind: Connection['credential'];
  readonly secret: string;
}

/** Asks for an account and its Auth Token, or an API key. `undefined` when the person gives up. */
export async function askCredential(): Promise<Credential | undefined> {
  const account = await askAccount();
  if (!account) return undefined;
  const kind = await askKind();
  if (!kind) return undefined;
  if (kind === 'authToken') {
    const secret = await askSecret(
      'Auth Token',
      /^[0-9a-f]{32}$/i,
      'An Auth Token has 32 characters, 0–9 and a–f. The Console shows it under “Account info”.',
    );
    return secret === undefined ? undefined : { account, kind: { kind }, secret };
  }
  const keySid = await askKeySid();
  if (!keySid) return undefined;
  const secret = await askSecret(
    'API key secret',
    /^\S{16,}$/,
    'That is too short for an API key secret, or has a space in it. Twilio shows it once, when the key is made.',
  );
  return secret === undefined ? undefined : { account, kind: { kind, keySid }, secret };
}

async function askAccount(): Promise<AccountSid | undefined> {
  const text = await vscode.window.showInputBox({
    title: 'Sign in to Twilio (1 of 3)',
    prompt: 'Account SID of the main account, from the Console under “Account info”',
    placeHolder: 'AC…',
    ignoreFocusOut: true,
    validateInput: (value) => (accountSid(value.trim()) ? undefined : wrongAccount(value.trim())),
  });
  return accountSid(text?.trim());
}

function wrongAccount(value: string): string {
  if (/^SK/.test(value)) return 'This is an API key SID. Type the Account SID first (AC…); the key comes next.';
  return 'An Account SID is AC followed by 32 characters, 0–9 and a–f.';
}

async function askKind(): Promise<'authToken' | 'apiKey' | undefined> {
  const choice = await vscode.window.showQuickPick(
    [
      {
        label: 'Auth Token',
        detail: 'Reaches everything, subaccounts too. Needed to contain an incident.',
        credential: 'authToken' as const,
      },
      {
        label: 'API key',
        detail: 'A Main key reads this account, others part of it; none reaches subaccounts.',
        credential: 'apiKey' as const,
      },
    ],
    { title: 'Sign in to Twilio (2 of 3)', placeHolder: 'What do you sign in with?', ignoreFocusOut: true },
  );
  return choice?.credential;
}

async function askKeySid(): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title: 'Sign in to Twilio',
    prompt: 'API key SID',
    placeHolder: 'SK…',
    ignoreFocusOut: true,
    validateInput: (value) =>
      isSid('SK', value.trim()) ? undefined : 'An API key SID is SK followed by 32 characters, 0–9 and a–f.',
  });
  return text?.trim();
}

async function askSecret(name: string, shape: RegExp, hint: string): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title: 'Sign in to Twilio (3 of 3)',
    prompt: `${name}. Kept in VS Code’s secret storage, sent to twilio.com only.`,
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (shape.test(value.trim()) ? undefined : hint),
  });
  return text?.trim();
}
