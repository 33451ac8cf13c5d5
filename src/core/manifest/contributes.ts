import type { Action } from '../contain/action.ts';
import type { Json } from '../model/json.ts';
import { type CommandEntry, commandId, commands, contextKeys } from './commands.ts';
import { walkthrough } from './walkthrough.ts';

export const views = { container: 'twilioIncident', accounts: 'twilioIncident.accounts' } as const;
const category = 'Twilio Incident';

/** Row abilities that are no containment action; a tree row's `contextValue` lists what applies to it. */
export type RowAbility = 'copySid' | 'openInConsole' | 'refreshRow';

/** `package.json#contributes`, from the commands above and the registered actions. Written by `npm run sync`. */
export function contributes(actions: readonly Action[]): Json {
  const own = Object.entries<CommandEntry>(commands);
  return {
    commands: [
      ...own.map(([id, { title, icon }]) => ({
        command: commandId(id),
        title,
        category,
        ...(icon && { icon: `$(${icon})` }),
      })),
      ...actions.map(({ id, title, icon }) => ({ command: commandId(id), title, category, icon: `$(${icon})` })),
    ],
    viewsContainers: { activitybar: [{ id: views.container, title: 'Twilio Incident', icon: 'media/activity.svg' }] },
    views: {
      [views.container]: [
        { id: views.accounts, name: 'Accounts', icon: 'media/activity.svg', contextualTitle: 'Twilio Incident' },
      ],
    },
    viewsWelcome: welcome(),
    menus: {
      commandPalette: [
        ...own.flatMap(([id, { when, onRow }]) =>
          onRow || when ? [{ command: commandId(id), when: onRow ? 'false' : (when ?? '') }] : [],
        ),
        ...actions.map(({ id }) => ({ command: commandId(id), when: 'twilioIncident.connected' })),
      ],
      'view/title': titleMenu(),
      'view/item/context': rowMenu(actions),
    },
    walkthroughs: [walkthrough],
  };
}

function welcome(): Json {
  const view = views.accounts;
  const link = (id: keyof typeof commands, text: string = commands[id].title) => `[${text}](command:${commandId(id)})`;
  return [
    {
      view,
      when: '!twilioIncident.connected',
      contents: `Is somebody abusing your Twilio account? See what happens, stop it, write it down.\n${link('signIn')}\nNothing is changed at Twilio unless you switch to containment and confirm.`,
    },
    {
      view,
      when: '!twilioIncident.connected',
      contents: `${link('openDemo')}\nNo account needed: an incident you can try everything on.`,
    },
    {
      view,
      when: '!twilioIncident.connected',
      contents: `${link('importLogs')}\nBulkExport files, the Console’s CSV, output of the Twilio CLI. No credential needed; nothing leaves this computer.`,
    },
    {
      view,
      when: '!twilioIncident.connected',
      contents: `You use the Twilio CLI? ${link('importCliProfile', 'Sign in with one of its profiles')}.`,
    },
  ];
}

function titleMenu(): Json {
  const inAccounts = `view == ${views.accounts}`;
  const entry = (id: keyof typeof commands, group: string, when = 'twilioIncident.connected') => ({
    command: commandId(id),
    when: `${inAccounts} && ${when}`,
    group,
  });
  return [
    entry('showTraffic', 'navigation@1'),
    entry('filterAccounts', 'navigation@2', 'twilioIncident.connected && !twilioIncident.filtered'),
    entry('clearFilter', 'navigation@2', 'twilioIncident.filtered'),
    entry('refreshAccounts', 'navigation@3'),
    // Continuing an incident needs no account, so these two are always there.
    { command: commandId('startIncident'), when: inAccounts, group: '1_incident@1' },
    { command: commandId('openIncident'), when: inAccounts, group: '1_incident@2' },
    entry('closeIncident', '1_incident@3', contextKeys.incident),
    entry('createRca', '1_incident@4', `(${contextKeys.connected} || ${contextKeys.incident})`),
    entry('undoContainment', '1_incident@5', 'twilioIncident.undoable'),
    { command: commandId('importLogs'), when: inAccounts, group: '1_incident@6' },
    entry('chooseKinds', '2_view@1'),
    entry('stopLoading', '2_view@2'),
    entry('switchAccount', '3_account@1'),
    entry('showReach', '3_account@2'),
    entry('switchMode', '3_account@3'),
    entry('signOut', '3_account@4'),
  ];
}

function rowMenu(actions: readonly Action[]): Json {
  const row = (id: string, group: string) => ({
    command: commandId(id),
    when: `view == ${views.accounts} && viewItem =~ /\\b${id}\\b/`,
    group,
  });
  return [
    row('refreshRow', 'inline@1'),
    row('copySid', '1_copy@1'),
    row('openInConsole', '1_copy@2'),
    row('refreshRow', '2_view@1'),
    ...actions.map(({ id }) => row(id, '3_contain')),
  ];
}
