import type { ConsoleStep } from '../contain/consoleStep.ts';

/** The third step of account sanitization in Twilio’s fraud guide. https://support.twilio.com/hc/en-us/articles/223136307 */
export const enforceTwoFactor: ConsoleStep = {
  id: 'enforceTwoFactor',
  title: 'Require two-factor authentication of every user',
  types: ['account-takeover'],
  why: 'A stolen password alone then opens nothing, for whoever has it now or later.',
  path: ['Admin Center, or Account', 'Settings', 'Two-factor authentication'],
  page: '',
  checks: [
    'Require it for every user, and every time they sign in.',
    'Look whether a factor was added that nobody knows, such as another phone number, and remove it.',
    'Do the same where the account belongs to an organization, in its Admin Center.',
  ],
  confirmedBy: ['security-settings.updated'],
};
