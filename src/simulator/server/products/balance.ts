import { notFound, ok } from '../answer.ts';
import type { Route } from '../route.ts';

/** The prepaid balance, which only a parent account has. https://www.twilio.com/docs/usage/api/balance */
export const balanceRoutes: readonly Route[] = [
  {
    spec: 'api_v2010',
    operationId: 'FetchBalance',
    host: 'api.twilio.com',
    method: 'GET',
    path: '/2010-04-01/Accounts/{AccountSid}/Balance.json',
    handle({ account, state }) {
      if (account.owner !== account.sid) throw notFound(`/Accounts/${account.sid}/Balance.json`);
      const dollars = 1000 + (state.world.seed % 9000);
      return ok({ account_sid: account.sid, balance: dollars.toFixed(2), currency: 'USD' });
    },
  },
];
