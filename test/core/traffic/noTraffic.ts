/** What a country counts that nothing went to. */
export const none = {
  messages: 0,
  delivered: 0,
  failed: 0,
  pumpingBlocked: 0,
  guardBlocked: 0,
  cost: [],
  costEstimated: false,
  unpriced: 0,
};
