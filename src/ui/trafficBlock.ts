import * as vscode from 'vscode';
import type { TreeNode } from '../core/accounts/treeNode.ts';
import type { Action } from '../core/contain/action.ts';
import type { Target } from '../core/contain/target.ts';
import { UserError } from '../core/errors.ts';
import { commandId } from '../core/manifest/commands.ts';
import type { AccountSid } from '../core/model/sid.ts';
import { shortSid } from '../core/model/sid.ts';
import { actions } from '../core/registry.ts';
import { type BlockWay, blockWays } from '../core/traffic/blockWays.ts';
import type { Channel } from '../core/traffic/channel.ts';
import type { CountryOrBucket } from '../core/traffic/country.ts';
import { countryName } from '../core/traffic/countryName.ts';
import { unnamedAccount } from '../core/traffic/logRow.ts';
import { accountShares } from '../core/traffic/panelRows.ts';
import type { TrafficReport } from '../core/traffic/report.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import { say } from './say.ts';

export interface TrafficBlockParts {
  /** Plans, asks and carries out: what the command of a row does. */
  readonly contain: (action: Action, node: TreeNode | undefined) => Promise<void>;
  /** The account that is open, whose credential can change something. */
  readonly main: () => AccountSid | undefined;
}

/** What a person wants blocked; `range` is a block of 10,000 numbers, `+7958111xxxx`. */
export interface Blocked {
  readonly channel: Channel;
  readonly country: CountryOrBucket;
  readonly range?: string;
  /** The account looked at; `undefined`: all of them. */
  readonly account: AccountSid | undefined;
}

/** Takes the intents `Block country…` and `Block range…`. */
export interface TrafficBlock {
  /** Offers what Twilio has for it, and hands over to containment with its plan and confirmation. Changes nothing itself. */
  block(what: Blocked, report: TrafficReport | undefined): Promise<void>;
}

export function createTrafficBlock({ contain, main }: TrafficBlockParts): TrafficBlock {
  async function account(what: Blocked, report: TrafficReport | undefined): Promise<AccountSid | undefined> {
    if (what.account && what.account !== unnamedAccount) return what.account;
    // Logs may not name their accounts; then it is the open one's.
    const shares = (report ? accountShares(report, what.country) : []).filter(
      ({ excess, account: { account: own } }) => excess > 0 && own !== unnamedAccount,
    );
    const [most, ...others] = shares;
    if (!most) return main();
    if (others.length === 0) return most.account.account;
    const choice = await vscode.window.showQuickPick(
      shares.map(({ account: one, excess }) => ({
        label: untrusted(one.name).for('label') || shortSid(one.account),
        description: shortSid(one.account),
        detail: `${excess.toLocaleString('en-US')} more than expected`,
        account: one.account,
      })),
      { title: `Block ${countryName(what.country)}: in which account?`, ignoreFocusOut: true },
    );
    return choice?.account;
  }

  async function closeCountry(action: Action, what: Blocked, report: TrafficReport | undefined): Promise<void> {
    const own = await account(what, report);
    if (!own) return;
    const { country: iso } = what;
    const name = countryName(iso);
    const target: Target =
      action.on === 'voiceCountry'
        ? { kind: 'voiceCountry', account: own, iso, name }
        : { kind: 'smsCountry', account: own, iso, name };
    await contain(action, rowFor(target));
  }

  async function carryOut(way: BlockWay, what: Blocked, report: TrafficReport | undefined): Promise<void> {
    switch (way.kind) {
      case 'action': {
        const action = actions.find(({ id }) => id === way.action);
        if (!action) return;
        if (way.action === 'createVerifyLimit') return contain(action, undefined);
        return closeCountry(action, what, report);
      }
      case 'command':
        await vscode.commands.executeCommand(commandId(way.command));
        return;
      case 'console':
        await vscode.env.openExternal(vscode.Uri.parse(`https://console.twilio.com/${way.path}`, true));
        return;
      case 'text':
        await vscode.env.clipboard.writeText(way.text);
        void say.info(phrase('toast')`Copied. It goes into a ticket to Twilio Support, from the account concerned.`);
    }
  }

  return {
    async block(what, report) {
      if (!main())
        throw new UserError(
          'bad-input',
          'No account is open, so nothing can be changed. Sign in to the account these numbers are of, then block it again.',
        );
      const ways = blockWays({ ...what, name: countryName(what.country) });
      const [only] = ways;
      if (ways.length === 1 && only) return carryOut(only, what, report);
      const choice = await vscode.window.showQuickPick(
        ways.map((way) => ({ label: way.label, detail: way.detail, way })),
        {
          title: what.range ? `Block ${what.range}` : `Block ${countryName(what.country)}`,
          placeHolder: 'Nothing is changed before you have seen the plan and confirmed it',
          ignoreFocusOut: true,
        },
      );
      if (choice) await carryOut(choice.way, what, report);
    },
  };
}

/** What the Accounts view would hand over for a row with this target. */
function rowFor(target: Target): TreeNode {
  const id = 'traffic';
  const branch = { id, label: target.name, icon: 'globe', facts: [], target };
  return { type: 'branch', id, parent: undefined, inCollection: undefined, branch };
}
