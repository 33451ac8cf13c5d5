import { say } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';

const a8: Signal = {
  id: 'A8',
  title: 'Account SID, Auth Token or key visible in code, wiki or logs',
  type: 'account-takeover',
  needs: [],
  evaluate: () => ({
    state: 'not checked yet',
    sentence: say`Code, its history, wikis and logs have not been searched for this account's credentials.`,
    evidence: [],
    check: {
      where: 'Your repositories with their history, wikis, tickets and logs',
      what: 'Search for the Account SID, and rotate whatever is found beside it.',
    },
  }),
};
export default a8;
