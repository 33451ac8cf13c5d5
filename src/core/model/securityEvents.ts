import type { Severity } from '../accounts/nodeKind.ts';

interface Watched {
  /** Event types that start with this. */
  readonly prefix: string;
  readonly title: string;
  readonly level: Severity;
}

/**
 * The audit events that speak of an account takeover, most telling first; the first match names the event.
 * Types: https://www.twilio.com/docs/usage/monitor-events ; choice: Fraud Response Guide, indicators A1–A6.
 */
const watched: readonly Watched[] = [
  { prefix: 'account-auth-token.', title: 'Auth Token changed', level: 'critical' },
  { prefix: 'message.deleted', title: 'Message deleted, and evidence with it', level: 'critical' },
  { prefix: 'message-body.deleted', title: 'Message text deleted, and evidence with it', level: 'critical' },
  { prefix: 'account-credentials.', title: 'Stored credential changed', level: 'warning' },
  { prefix: 'account-api-keys.created', title: 'API key created', level: 'warning' },
  { prefix: 'account-keys.created', title: 'API key created', level: 'warning' },
  { prefix: 'account-api-keys.', title: 'API key changed', level: 'warning' },
  { prefix: 'account-keys.', title: 'API key changed', level: 'warning' },
  { prefix: 'bulkexports.', title: 'Bulk export', level: 'warning' },
  { prefix: 'recording.accessed', title: 'Recording read', level: 'warning' },
  { prefix: 'transcription.accessed', title: 'Transcription read', level: 'warning' },
  { prefix: 'sms-geographic-permissions.', title: 'SMS geo-permissions changed', level: 'warning' },
  { prefix: 'voice-geographic-permissions.', title: 'Voice geo-permissions changed', level: 'warning' },
  { prefix: 'verify-geo-permissions', title: 'Verify geo-permissions changed', level: 'warning' },
  { prefix: 'verify-fraud-guard', title: 'Verify Fraud Guard changed', level: 'warning' },
  { prefix: 'messaging-settings.', title: 'Messaging settings changed', level: 'warning' },
  { prefix: 'security-settings.', title: 'Security settings changed', level: 'warning' },
  { prefix: 'usage-trigger.', title: 'Usage trigger changed', level: 'warning' },
  // Fraud needs money and names to send under: both are changed to keep it going.
  { prefix: 'payment-method.', title: 'Payment method changed', level: 'warning' },
  { prefix: 'recharge-trigger.', title: 'Auto-recharge changed', level: 'warning' },
  { prefix: 'caller-id.', title: 'Verified caller ID changed', level: 'warning' },
  { prefix: 'sender-id.', title: 'Sender ID changed', level: 'warning' },
  { prefix: 'shortcode.', title: 'Short code changed', level: 'notice' },
  { prefix: 'user-password.', title: 'Password changed', level: 'warning' },
  { prefix: 'user-invitation.', title: 'User invited', level: 'warning' },
  { prefix: 'user-session.', title: 'Console login', level: 'notice' },
  { prefix: 'user.', title: 'User changed', level: 'warning' },
  { prefix: 'phone-number.', title: 'Phone number changed', level: 'notice' },
  { prefix: 'application.', title: 'TwiML app changed', level: 'notice' },
  { prefix: 'authorized-connect-app.', title: 'Connect app authorized', level: 'warning' },
  { prefix: 'connect-app.', title: 'Connect app changed', level: 'notice' },
  { prefix: 'flow.', title: 'Studio flow changed', level: 'notice' },
  { prefix: 'copilot-', title: 'Messaging service changed', level: 'notice' },
  { prefix: 'trunk.', title: 'SIP trunk changed', level: 'notice' },
  { prefix: 'byoc-trunk.', title: 'BYOC trunk changed', level: 'notice' },
  { prefix: 'sip-', title: 'SIP settings changed', level: 'notice' },
  { prefix: 'account.', title: 'Account changed', level: 'notice' },
];

/** What an audit event means for security; `undefined` for everyday events. */
export function securityMeaning(type: string): Watched | undefined {
  return watched.find(({ prefix }) => type.startsWith(prefix));
}
