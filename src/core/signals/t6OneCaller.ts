import { notVisible, say } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';

const t6: Signal = {
  id: 'T6',
  title: 'Calls started by one user account or IP address',
  type: 'toll-fraud',
  needs: [],
  evaluate: () =>
    notVisible(say`Twilio does not see which of your users started a call. Your application's logs do.`, {
      where: 'Your application’s logs',
      what: 'Group the requests that started calls by user and by IP address, for the hours of the rise.',
    }),
};
export default t6;
