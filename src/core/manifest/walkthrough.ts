import type { Json } from '../model/json.ts';

const step = (id: string, title: string, description: string, event: string): Json => ({
  id,
  title,
  description,
  media: { svg: `media/walkthrough/${id}.svg`, altText: title },
  completionEvents: [`onCommand:twilioIncident.${event}`],
});

/** First steps, shown on VS Code's welcome page. */
export const walkthrough: Json = {
  id: 'start',
  title: 'Investigate a Twilio incident',
  description: 'From “something is wrong with our bill” to contained and documented.',
  steps: [
    step(
      'open',
      'Open an account',
      'Sign in, or try everything on the demo incident. Read-only until you say otherwise; secrets stay in VS Code’s secret storage.\n[Open the Demo Incident](command:twilioIncident.openDemo)\n[Sign In…](command:twilioIncident.signIn)',
      'openDemo',
    ),
    step(
      'browse',
      'Look around',
      'Subaccounts, API keys, numbers, error codes and security events. A coloured mark on a row says what is suspicious; hover it for the reason.\n[Find by Name or SID…](command:twilioIncident.filterAccounts)',
      'filterAccounts',
    ),
    step(
      'traffic',
      'See where the traffic goes',
      'Seven days of messages by country: what is new, what surges, what Twilio already blocks.\n[Show Traffic by Country](command:twilioIncident.showTraffic)',
      'showTraffic',
    ),
    step(
      'contain',
      'Stop it',
      'Switch to containment, then suspend the abused subaccount. You see the exact requests and what depends on them before anything is sent, and can undo it.\n[Suspend Subaccount…](command:twilioIncident.suspendSubaccount)',
      'suspendSubaccount',
    ),
    step(
      'document',
      'Write it down',
      'The root cause analysis Twilio asks for, with everything known filled in.\n[Create RCA](command:twilioIncident.createRca)',
      'createRca',
    ),
  ],
};
