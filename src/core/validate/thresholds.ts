import { span } from '../model/age.ts';

/**
 * From when on something counts. Where the guide (Twilio's Fraud & Abuse Response Guide) gives a figure it is used; what was chosen says so.
 * Every test against an account's own past asks for a factor, a least count and a p-value, so that neither small nor restless accounts trip it.
 */
export const defaultThresholds = {
  /** Days of a log before anything can be called unusual for the account. Chosen: a week has every weekday. */
  historyDays: 7,
  /** Milliseconds. The guide: new accounts are typically under 7 days old. */
  newAccount: 7 * span.day,
  /** ln of the p-value, under the account's own past, from which a rise is no accident. Chosen for thousands of windows looked at. */
  logP: Math.log(1e-9),
  pumping: {
    /** Blocked messages or attempts (30450, 30453, 60410). Chosen: one block can be a mistake, twenty are not. */
    blocks: { warning: 3, critical: 20 },
    /** The guide: conversion falls from 75 % to under 2–3 %; a share that is a third of the usual is on its way there. */
    conversion: { ofUsual: 1 / 3, attempts: 40, collapsed: 0.05 },
    /** Recipients that follow one another, and how far one may be from the next. Chosen. */
    sequence: { messages: 20, gap: 5 },
    /** Messages or attempts from which a surge that looks like fraud is called one. Chosen: of nine attempts, seven can fail by accident. */
    leastSurge: 20,
    /** Messages beyond what was expected from which more volume and nothing else is worth telling. Chosen. */
    leastVolume: 100,
    /** Messages to a country never sent to before. Chosen. */
    newCountry: 20,
  },
  toll: {
    /** Times the usual, and minutes beyond it. Chosen. */
    minutes: { times: 4, least: 120 },
    /** Calls to premium-rate or satellite ranges. Chosen: a wrong number is one call. */
    premiumCalls: { warning: 2, critical: 10 },
    newCountryCalls: 20,
    /** Seconds. The guide: over 30 s to premium numbers; over 1 h to any. */
    longCall: { premium: 30, any: 3600, calls: 5, times: 4 },
    /** Calls at one instant. Chosen. */
    concurrent: { calls: 10, times: 3 },
    /** Seconds and calls. The guide: thousands of very short calls; by hundreds it has begun. */
    shortCall: { seconds: 15, calls: 200, times: 4 },
    /** An hour of the day with less than this share of an average hour's calls is an odd one. Chosen. */
    oddHours: { share: 0.25, calls: 20, times: 5 },
  },
  smishing: {
    /** Messages of one template. Chosen: the guide says "many identical". */
    template: 20,
    /** Messages filtered as spam (30007), and STOP replies. Chosen. */
    filtered: { messages: 20, times: 4 },
    stops: { messages: 10, times: 4 },
  },
} as const;

type Widened<T> = { readonly [K in keyof T]: T[K] extends number ? number : Widened<T[K]> };
/** Numbers in the units their documentation says. */
export type Thresholds = Widened<typeof defaultThresholds>;
