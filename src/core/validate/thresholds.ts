import { type Threshold, thresholdOf, usualHistoryDays, type ValuesOf, valuesOf } from './threshold.ts';

const { whole, share } = thresholdOf;
/** Twilio's Fraud & Abuse Response Guide gives the figure. */
const guide = 'Twilio’s fraud guide';
/** No source gives one. */
const chosen = 'Chosen';

/**
 * From when on something counts: every threshold with its unit, its bounds and where it comes from. The settings
 * `twilioIncident.validate.…` are written from this. Every test against an account's own past asks for a factor, a least count and a p-value, so
 * that neither small nor restless accounts trip it.
 */
export const thresholdTable = {
  historyDays: whole(
    usualHistoryDays,
    [1, 90],
    'Days of a log before anything in it can be called unusual for the account.',
    `${chosen}: a week has every weekday.`,
  ),
  newAccountDays: whole(7, [1, 365], 'Days for which an account counts as new.', `${guide}: typically under 7 days.`),
  pValue: share(
    1e-9,
    [1e-30, 0.01],
    'Probability, under the account’s own past, below which a rise is no accident.',
    `${chosen} for the thousands of windows that are looked at.`,
  ),
  pumping: {
    blocks: {
      warning: whole(
        3,
        [1, 1e6],
        'Messages or attempts blocked as pumping (30450, 30453, 60410) that are a warning.',
        `${chosen}: one block can be a mistake.`,
      ),
      critical: whole(
        20,
        [1, 1e6],
        'Blocked messages or attempts that are critical.',
        `${chosen}: twenty are no mistake.`,
      ),
    },
    conversion: {
      ofUsual: share(
        1 / 3,
        [0.01, 1],
        'Share of the usual conversion from which on it fell.',
        `${chosen}: the guide’s fall is from 75 % to under 2–3 %; a third of the usual is on its way there.`,
      ),
      attempts: whole(40, [5, 1e6], 'Verify attempts a conversion is told from.', chosen),
      times: share(1.5, [1, 1000], 'Times the usual share of codes that nobody enters.', chosen),
      collapsed: share(0.05, [0, 1], 'Conversion that counts as collapsed.', `${guide}: under 2–3 %; with some room.`),
    },
    sequence: {
      messages: whole(20, [3, 1e6], 'Recipients in a row whose numbers follow one another.', chosen),
      gap: whole(5, [1, 1000], 'How far one such number may be from the next.', chosen),
      seconds: whole(600, [1, 86_400], 'Seconds that may lie between two such messages.', chosen),
    },
    leastSurge: whole(
      20,
      [1, 1e6],
      'Messages or attempts from which a surge that looks like fraud is called one.',
      `${chosen}: of nine attempts, seven can fail by accident.`,
    ),
    leastVolume: whole(
      100,
      [1, 1e9],
      'Messages beyond what was expected from which volume alone is worth telling.',
      chosen,
    ),
    newCountry: whole(20, [1, 1e6], 'Messages to a country never sent to before that are worth telling.', chosen),
  },
  toll: {
    minutes: {
      times: share(4, [1, 1000], 'Times the usual minutes of calls.', chosen),
      least: whole(120, [1, 1e9], 'Minutes beyond the usual ones.', chosen),
    },
    premiumCalls: {
      warning: whole(
        2,
        [1, 1e6],
        'Calls to premium-rate or satellite numbers that are a warning.',
        `${chosen}: a wrong number is one call.`,
      ),
      critical: whole(10, [1, 1e6], 'Calls to premium-rate or satellite numbers that are critical.', chosen),
    },
    newCountryCalls: whole(20, [1, 1e6], 'Calls to countries never called before that are worth telling.', chosen),
    longCall: {
      premium: whole(30, [1, 86_400], 'Seconds from which a call to a premium number is long.', `${guide}: over 30 s.`),
      any: whole(3600, [60, 86_400], 'Seconds from which any call is long.', `${guide}: over 1 h.`),
      calls: whole(5, [1, 1e6], 'Long calls that are worth telling.', chosen),
      times: share(4, [1, 1000], 'Times the usual number of long calls.', chosen),
    },
    concurrent: {
      calls: whole(10, [2, 1e6], 'Calls at one instant that are many.', chosen),
      times: share(3, [1, 1000], 'Times the most at once on any day before.', chosen),
    },
    shortCall: {
      seconds: whole(15, [1, 600], 'Seconds up to which an answered call is very short.', chosen),
      calls: whole(200, [1, 1e6], 'Very short calls that are many.', `${guide}: thousands; by hundreds it has begun.`),
      times: share(4, [1, 1000], 'Times the usual number of very short calls.', chosen),
    },
    oddHours: {
      share: share(
        0.5,
        [0, 1],
        'Share of an average hour’s calls below which an hour of the day is an odd one for the account.',
        chosen,
      ),
      calls: whole(20, [1, 1e6], 'Calls at odd hours that are many.', chosen),
      times: share(5, [1, 1000], 'Times the usual number of calls at odd hours.', chosen),
    },
  },
  usage: {
    times: share(
      3,
      [1, 1000],
      'Times the usual day in usage records, where the log itself tells nothing.',
      `${chosen}: innocent days differ by up to twice.`,
    ),
  },
  takeover: {
    restlessDays: whole(
      5,
      [1, 90],
      'Days with a new address in the audit log from which a new address says little.',
      `${chosen}: build servers and phones bring new addresses all the time.`,
    ),
  },
  smishing: {
    template: whole(20, [2, 1e6], 'Messages of one text that are many.', `${chosen}: the guide says “many identical”.`),
    filtered: {
      messages: whole(20, [1, 1e6], 'Messages filtered as spam (30007) that are many.', chosen),
      times: share(4, [1, 1000], 'Times the usual share of filtered messages.', chosen),
    },
    stops: {
      messages: whole(10, [1, 1e6], 'STOP replies that are many.', chosen),
      times: share(4, [1, 1000], 'Times the usual number of STOP replies.', chosen),
    },
  },
} as const satisfies ThresholdGroup;

/** Thresholds, and groups of them. */
export interface ThresholdGroup {
  readonly [name: string]: Threshold | ThresholdGroup;
}

/** Numbers in the units their documentation says. */
export type Thresholds = ValuesOf<typeof thresholdTable>;

export const defaultThresholds: Thresholds = valuesOf(thresholdTable);
