import type { Json } from '../model/json.ts';
import { commandId, commands, contextKeys } from './commands.ts';

function link(id: keyof typeof commands, text: string = commands[id].title): string {
  return `[${text}](command:${commandId(id)})`;
}

/** What the Incident view says while no incident is open. */
export function incidentWelcome(view: string): readonly Json[] {
  const none = { view, when: `!${contextKeys.incident}` };
  return [
    {
      view,
      when: `!${contextKeys.incident} && ${contextKeys.demo}`,
      contents: `This is the demo: somebody uses a leaked key of Northwind Pharmacy. ${link('showTraffic', 'See where its messages go')}, then start an incident.`,
    },
    {
      ...none,
      contents: `An incident is a folder in your workspace: its evidence, a record of what was done, the RCA.\n${link('startIncident')}\n${link('openIncident')}`,
    },
    {
      ...none,
      contents: `No account at hand? ${link('importLogs', 'Import exported logs')} instead. With an account, ${link('collectEvidence', 'collect evidence')} before Twilio forgets it: security events are kept for 30 days. Then ${link('validate', 'validate')} it: is this fraud, and which?`,
    },
  ];
}

/** What the Timeline view says while no incident is open. */
export function timelineWelcome(view: string): readonly Json[] {
  return [
    {
      view,
      when: `!${contextKeys.incident}`,
      contents: `What happened when, in UTC, once an incident is open: security events, traffic, containment, contacts with Support, your own notes.\n${link('openIncident')}`,
    },
  ];
}

/** What the Accounts view says while no account is open. */
export function accountsWelcome(view: string): readonly Json[] {
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
