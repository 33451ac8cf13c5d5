import type { ConsoleStep } from '../contain/consoleStep.ts';

/** The fourth step of account sanitization in Twilio’s fraud guide. */
export const hideLeakedCode: ConsoleStep = {
  id: 'hideLeakedCode',
  title: 'Make leaking repositories private, and replace what leaked',
  types: ['account-takeover'],
  why: 'What was published once is copied: new credentials that are published the same way are found within minutes.',
  path: ['Where your code is kept, not the Twilio Console'],
  checks: [
    'Make every repository, page and log private in which an Account SID, Auth Token or key stood, also in its history.',
    'Replace each credential that stood there: making it private does not take it back.',
    'Look through CI logs, container images, wikis and tickets, too.',
  ],
  confirmedBy: [],
};
