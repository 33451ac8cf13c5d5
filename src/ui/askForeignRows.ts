import * as vscode from 'vscode';
import type { TakeForeign } from '../core/evidence/evidenceStore.ts';
import { type AccountNames, accountsText, rowsOfAccounts } from '../core/evidence/importedAccounts.ts';
import { rowsText } from '../core/incidentView/coverageText.ts';
import { shortSid } from '../core/model/sid.ts';
import { phrase } from '../core/untrusted.ts';

/** As many as a line holds, shortened when there are several. */
const mostListed = 3;

/**
 * Makes the question whether rows of accounts that an incident is not about become part of it. `title` is the incident's, `own` are the accounts it is about.
 * Leaving them out is the first answer, and what no answer means.
 */
export function askForeignRows(title: string, own: AccountNames): TakeForeign {
  return async (file, accounts) => {
    const sids = accounts.map(({ sid }) => sid);
    const rows = rowsText(rowsOfAccounts(accounts));
    const named = (sid: string): string => (accounts.length === 1 ? sid : shortSid(sid));
    const listed = accounts.slice(0, mostListed).map((one) => `${named(one.sid)}: ${rowsText(one.rows)}`);
    const more = accounts.length > listed.length ? `, and ${accounts.length - listed.length} more accounts` : '';
    const choice = await vscode.window.showQuickPick(
      [
        {
          label: '$(circle-slash) Leave these rows out',
          detail: 'The panel shows their traffic all the same; the incident does not get them.',
          take: false,
        },
        {
          label: phrase('label')`$(add) Take them into ${title}`,
          description: rows,
          detail: phrase('label')`${listed.join(', ')}${more}`,
          take: true,
        },
      ],
      {
        title: phrase('label')`${file}: rows of ${accountsText(sids, own)}, which the incident is not about`,
        placeHolder:
          own.length === 0
            ? 'The incident names no account, and the rows it holds do not tell theirs'
            : phrase('label')`The incident is about ${ownText(own)}`,
        ignoreFocusOut: true,
      },
    );
    return choice?.take === true;
  };
}

/** The first account and how many more there are: a list has room for no more in its one line. */
function ownText(own: AccountNames): string {
  const more = own.length - 1;
  return `${accountsText(
    own.slice(0, 1).map(({ sid }) => sid),
    own,
  )}${more > 0 ? ` and ${more} more` : ''}`;
}
