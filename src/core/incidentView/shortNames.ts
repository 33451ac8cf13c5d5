/**
 * What a row says where the whole name would be cut off: a side bar shows some 28 characters of a row. The tooltip has the whole name, and
 * documents use it.
 */

/** Indicators by their id in Twilio's guide. */
const signals: Readonly<Record<string, string>> = {
  A1: 'Activity from a new IP',
  A2: 'Other signs of fraud',
  A3: 'Password or e-mail reset',
  A4: 'New key or permission',
  A5: 'Auth Token changed',
  A6: 'Security or webhooks',
  A7: 'Your numbers reported',
  A8: 'Secrets in code or logs',
  P1: 'Rise in volume and cost',
  P2: 'High-risk countries',
  P3: 'New accounts, sequences',
  P4: 'Many requests of one IP',
  P5: 'Conversion collapses',
  P6: 'Blocks by Twilio',
  S1: 'Identical texts',
  S2: 'Urgency, look-alikes',
  S3: 'Delivery errors (30007)',
  S4: 'Many STOP replies',
  T1: 'Rise in voice minutes',
  T2: 'Premium-rate calls',
  T3: 'Unusually long calls',
  T4: 'Simultaneous calls',
  T5: 'Very short calls',
  T6: 'Calls by one user or IP',
  T7: 'Calls at odd hours',
};

/** Steps that only the Console can do, by their id. */
const steps: Readonly<Record<string, string>> = {
  enforceTwoFactor: 'Require two-factor login',
  hideLeakedCode: 'Replace what leaked',
  highRiskCountries: 'Close high-risk countries',
  reviewConnectedApps: 'Revoke connected apps',
  reviewUsers: 'Review users and roles',
  smsGeoInheritance: 'Own SMS geo-permissions',
  smsPumpingProtection: 'SMS Pumping Protection',
  verifyFraudGuard: 'Verify Fraud Guard',
  verifyGeoPermissions: 'Close Verify countries',
};

/** `A1 Activity from a new IP`; an indicator without a short name keeps its title. */
export function signalName(id: string, title: string): string {
  return `${id} ${signals[id] ?? title}`;
}

/** The name of a step in the Console by its id; `title` where it has no shorter one. */
export function consoleName(id: string, title: string): string {
  return steps[id] ?? title;
}
