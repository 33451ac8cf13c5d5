import type { ConsoleStep } from '../contain/consoleStep.ts';

/** Users and sessions have no API but that of organizations. Twilio’s fraud guide, indicators A1 and A3. */
export const reviewUsers: ConsoleStep = {
  id: 'reviewUsers',
  title: 'Review users, roles and sessions',
  types: ['account-takeover'],
  why: 'A user who was invited or given another role by an attacker stays when keys and tokens are changed.',
  path: ['Admin Center, or Account', 'Users'],
  page: '',
  checks: [
    'Remove every user and invitation that nobody vouches for, and roles that nobody needs.',
    'Have every user whose session came from an unknown address choose a new password, which ends their sessions.',
    'Look whether an e-mail address was changed.',
  ],
  confirmedBy: ['user.deleted', 'user.updated', 'user-password.updated'],
};
