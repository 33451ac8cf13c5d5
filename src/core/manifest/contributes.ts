import type { Action } from '../contain/action.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { type CommandEntry, commandId, commands, contextKeys } from './commands.ts';
import { walkthrough } from './walkthrough.ts';
import { accountsWelcome, incidentWelcome, timelineWelcome } from './welcome.ts';

export const views = {
  container: 'twilioIncident',
  incident: 'twilioIncident.activeIncident',
  accounts: 'twilioIncident.accounts',
  timeline: 'twilioIncident.timeline',
} as const;
const category = 'Twilio Incident';

/** What is never changed. */
export const protectedSetting = 'twilioIncident.protected';
/** Minutes between two looks of the live watch. */
export const liveWatchSetting = 'twilioIncident.liveWatch.minutes';

/** Row abilities that are no containment action; a tree row's `contextValue` lists what applies to it. */
export type RowAbility = 'copySid' | 'openInConsole' | 'refreshRow';

/**
 * `package.json#contributes`, from the commands above, the registered actions and `settings` that are declared elsewhere, so that activation does
 * not load them. Written by `npm run sync`.
 */
export function contributes(actions: readonly Action[], settings: JsonObject): Json {
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
        view(views.incident, 'Incident', 2),
        view(views.accounts, 'Accounts', 3),
        // It says nothing before an incident is open, and the accounts need the room.
        { ...view(views.timeline, 'Timeline', 2), visibility: 'collapsed' },
      ],
    },
    viewsWelcome: [
      ...incidentWelcome(views.incident),
      ...accountsWelcome(views.accounts),
      ...timelineWelcome(views.timeline),
    ],
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
    walkthroughs: [walkthrough()],
    configuration: {
      title: 'Twilio Incident',
      properties: {
        // Of the application: a repository that is opened must not be able to take something off the list.
        [protectedSetting]: {
          type: 'array',
          items: { type: 'string' },
          uniqueItems: true,
          default: [],
          scope: 'application',
          description:
            'What containment must never change: SIDs of accounts (with everything in them), keys and numbers, phone numbers, or countries as two letters.',
        },
        // Of the application: a repository that is opened must not be able to make requests.
        [liveWatchSetting]: {
          type: 'number',
          default: 5,
          minimum: 0,
          maximum: 1440,
          scope: 'application',
          description:
            'Every so many minutes, new traffic of the open incident is collected and looked at while an account is open. 0 turns this off.',
        },
        ...settings,
      },
    },
  };
}

/** `size`: its share of the container's height at first. */
function view(id: string, name: string, size: number): JsonObject {
  return { id, name, icon: 'media/activity.svg', contextualTitle: 'Twilio Incident', initialSize: size };
}

function titleMenu(): Json {
  const inView = (view: string) => (id: keyof typeof commands, group: string, when?: string) => ({
    command: commandId(id),
    when: `view == ${view}${when === undefined ? '' : ` && ${when}`}`,
    group,
  });
  const { collected, connected, filtered, incident: open, timelineFiltered, undoable, watching } = contextKeys;
  const incident = inView(views.incident);
  const account = inView(views.accounts);
  const timeline = inView(views.timeline);
  return [
    incident('collectEvidence', 'navigation@1', open),
    incident('validate', 'navigation@2', open),
    incident('showCollectedTraffic', 'navigation@3', `${open} && ${collected}`),
    incident('createRca', 'navigation@4', open),
    // Continuing an incident needs no account, so these are always there.
    incident('startIncident', '1_incident@1'),
    incident('openIncident', '1_incident@2'),
    incident('closeIncident', '1_incident@3', open),
    incident('importLogs', '2_evidence@1'),
    incident('collectBaseline', '2_evidence@2', `${connected} && ${open}`),
    incident('startLiveWatch', '2_evidence@5', `${connected} && ${open} && ${collected} && !${watching}`),
    incident('stopLiveWatch', '2_evidence@5', watching),
    incident('exportEvidence', '2_evidence@3', `${open} && ${collected}`),
    incident('refreshRca', '3_rca@1', open),
    incident('setRcaStatus', '3_rca@2', open),
    incident('switchNumbers', '3_rca@3', open),
    incident('exportRca', '3_rca@4', open),
    incident('createSupportPacket', '3_rca@5', open),
    incident('logSupportContact', '3_rca@6', open),
    incident('deleteEvidence', '2_evidence@4', `${open} && ${collected}`),
    timeline('addTimelineEntry', 'navigation@1', open),
    timeline('filterTimeline', 'navigation@2', `${open} && !${timelineFiltered}`),
    timeline('clearTimelineFilter', 'navigation@2', `${open} && ${timelineFiltered}`),
    timeline('reverseTimeline', 'navigation@3', open),
    timeline('exportTimeline', '1_timeline@1', open),
    timeline('logSupportContact', '1_timeline@2', open),
    account('showTraffic', 'navigation@1', connected),
    account('filterAccounts', 'navigation@2', `${connected} && !${filtered}`),
    account('clearFilter', 'navigation@2', filtered),
    account('refreshAccounts', 'navigation@3', connected),
    account('contain', '1_contain@1', connected),
    account('undoContainment', '1_contain@2', `${connected} && ${undoable}`),
    account('consoleSteps', '1_contain@3', connected),
    account('chooseKinds', '2_view@1', connected),
    account('stopLoading', '2_view@2', connected),
    account('switchAccount', '3_account@1', connected),
    account('showReach', '3_account@2', connected),
    account('switchMode', '3_account@3', connected),
    account('signOut', '3_account@4', connected),
  ];
}

function rowMenu(actions: readonly Action[]): Json {
  const inView = (view: string) => (id: string, group: string) => ({
    command: commandId(id),
    when: `view == ${view} && viewItem =~ /\\b${id}\\b/`,
    group,
  });
  const account = inView(views.accounts);
  const incident = inView(views.incident);
  const timeline = inView(views.timeline);
  return [
    incident('collectSource', 'inline@1'),
    incident('collectSource', '1_evidence@1'),
    incident('openIncidentFile', '1_evidence@2'),
    incident('openEvidence', '1_evidence@3'),
    incident('openInConsole', 'inline@1'),
    incident('openInConsole', '1_copy@1'),
    timeline('starEntry', 'inline@1'),
    timeline('unstarEntry', 'inline@1'),
    timeline('annotateEntry', 'inline@2'),
    timeline('starEntry', '1_entry@1'),
    timeline('unstarEntry', '1_entry@1'),
    timeline('annotateEntry', '1_entry@2'),
    account('refreshRow', 'inline@1'),
    account('copySid', '1_copy@1'),
    account('openInConsole', '1_copy@2'),
    account('refreshRow', '2_view@1'),
    ...actions.map(({ id }) => account(id, '3_contain')),
  ];
}
