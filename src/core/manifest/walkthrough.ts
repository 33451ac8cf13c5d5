import type { Json } from '../model/json.ts';
import { type CommandId, commandId, contextKeys } from './commands.ts';

const step = (id: string, title: string, description: string, ...events: readonly string[]): Json => ({
  id,
  title,
  description,
  media: { svg: `media/walkthrough/${id}.svg`, altText: title },
  completionEvents: events,
});

const onCommand = (id: CommandId) => `onCommand:${commandId(id)}`;

/** First steps, shown on VS Code's welcome page. */
export const walkthrough = (): Json => ({
  id: 'start',
  title: 'Investigate a Twilio incident',
  description: 'From “something is wrong with our bill” to contained and documented.',
  steps: [
    step(
      'open',
      'Open an account',
      'Sign in, or try everything on the demo incident. Read-only until you say otherwise; secrets stay in VS Code’s secret storage.\n[Open the Demo Incident](command:twilioIncident.openDemo)\n[Sign In…](command:twilioIncident.signIn)',
      `onContext:${contextKeys.connected}`,
      // For an account that was open before these steps were shown.
      `onContext:${contextKeys.shownOpen}`,
    ),
    step(
      'browse',
      'Look around',
      'Subaccounts, API keys, numbers, error codes and security events. A coloured mark on a row says what is suspicious; hover it for the reason.\n[Find by Name or SID…](command:twilioIncident.filterAccounts)',
      onCommand('filterAccounts'),
    ),
    step(
      'traffic',
      'See where the traffic goes',
      'Seven days of messages by country: what is new, what surges, what Twilio already blocks.\n[Show Traffic by Country](command:twilioIncident.showTraffic)',
      onCommand('showTraffic'),
    ),
    step(
      'validate',
      'Is it fraud, and which?',
      'An incident is a folder in your workspace. Collect into it what Twilio forgets after 30 days, then validate: a verdict per type of fraud, with the evidence one click away.\n[Start Incident…](command:twilioIncident.startIncident)\n[Collect Evidence…](command:twilioIncident.collectEvidence)\n[Validate](command:twilioIncident.validate)',
      onCommand('validate'),
    ),
    step(
      'contain',
      'Stop it',
      'Switch to containment, then take the steps that fit, such as suspending the abused subaccount. You see the exact requests and what depends on them before anything is sent; most can be undone.\n[Switch to Containment…](command:twilioIncident.switchMode)\n[Contain…](command:twilioIncident.contain)',
      onCommand('contain'),
    ),
    step(
      'document',
      'Write it down',
      'The root cause analysis Twilio asks for, with everything known filled in.\n[Create RCA](command:twilioIncident.createRca)',
      onCommand('createRca'),
    ),
  ],
});
