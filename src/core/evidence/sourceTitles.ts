import type { SourceId } from './source.ts';

/** What each source of evidence is called wherever it is named: in lists, views, verdicts and documents. No longer than a side bar shows. */
export const sourceTitles: Readonly<Record<SourceId, string>> = {
  events: 'Security events',
  alerts: 'Alerts',
  attempts: 'Verify attempts',
  messages: 'Messages',
  calls: 'Calls',
  usage: 'Usage by day',
  accounts: 'Accounts',
  keys: 'API keys',
  numbers: 'Phone numbers',
  applications: 'TwiML apps',
  'messaging-services': 'Messaging services',
  'verify-services': 'Verify services',
  'sms-geo-permissions': 'SMS geo-permissions',
  'dialing-permissions': 'Voice geo-permissions',
  'usage-triggers': 'Usage triggers',
  prices: 'List prices',
};

const proper = /^(?:[A-Z]{2}|TwiML|Verify )/;

/** The same within a sentence: `phone numbers`, `SMS geo-permissions`. A source that a later version recorded keeps its id. */
export function sourceWords(id: string): string {
  const title = new Map<string, string>(Object.entries(sourceTitles)).get(id);
  if (title === undefined) return id;
  return proper.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}
