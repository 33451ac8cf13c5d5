import type { ConsoleStep } from '../contain/consoleStep.ts';

/** The API lists authorized Connect apps and cannot revoke them; OAuth apps it does not list. */
export const reviewConnectedApps: ConsoleStep = {
  id: 'reviewConnectedApps',
  title: 'Revoke apps that were given access',
  types: ['account-takeover'],
  why: 'An app that was authorized keeps its access when the Auth Token and all keys are changed.',
  path: ['Account', 'API keys & tokens', 'OAuth apps', 'then Account', 'Settings', 'Authorized Connect apps'],
  page: 'us1/account/keys-credentials/api-keys',
  checks: [
    'Remove every OAuth app and every authorized Connect app that nobody vouches for.',
    'Look at the payment method and at auto-recharge as well: fraud needs money.',
  ],
  confirmedBy: ['authorized-connect-app.deleted', 'connect-app.deleted'],
};
