import { defang } from '../untrusted/defang.ts';
import { maskNumbersIn } from '../untrusted/phoneNumbers.ts';
import type { LintCode, LintFinding } from './lintFinding.ts';
import { timeFixes } from './lintTime.ts';

/** Addresses that anybody may follow: Twilio's own. */
const harmless = /^https:\/\/(?:[a-z]+\.)?twilio\.com(?:[/?#]|$)/i;
const url = /(?:https?|ftp):\/\/[^\s<>"'`|)\]]+(?<![.,;:!?])|(?<![\w.])www\.[^\s<>"'`|)\]]+(?<![.,;:!?])/gi;

/** A link that somebody could follow by mistake. Twilio's own pages are fine. */
export function liveUrls(line: string, at: number): readonly LintFinding[] {
  return found(line, url)
    .filter(({ text }) => !harmless.test(text))
    .map((place) => ({
      ...finding('live-url', 'warning', at, place),
      message: 'A live address: whoever reads this could follow it. Incident reports break it.',
      fixes: [{ title: 'Defang the address', text: defang(place.text) }],
    }));
}

/** Auth Tokens and key secrets are 32 characters. https://www.twilio.com/docs/iam/api-keys */
const secret =
  /(?<![0-9A-Za-z])(?:[0-9a-f]{32}|(?=[0-9A-Za-z]{0,31}[0-9])(?=[0-9A-Za-z]{0,31}[a-z])(?=[0-9A-Za-z]{0,31}[A-Z])[0-9A-Za-z]{32})(?![0-9A-Za-z])|\b(?:Basic|Bearer)\s{1,9}[A-Za-z0-9+/._=-]{20,}/g;

/** What looks like a credential. SIDs are no secrets: they have two letters more. */
export function secrets(line: string, at: number): readonly LintFinding[] {
  return found(line, secret).map((place) => ({
    ...finding('secret', 'error', at, place),
    message: 'This looks like an Auth Token or the secret of a key. Remove it, and rotate it if it is one.',
    fixes: [{ title: 'Remove the secret', text: '[removed]' }],
  }));
}

/** A phone number whose last four digits are readable. */
export function unmaskedNumbers(line: string, at: number): readonly LintFinding[] {
  // What looks like a secret or a hash is not a number; masking keeps lengths, so places are those of the line.
  const masked = maskNumbersIn(line);
  if (masked === line || masked.length !== line.length) return [];
  return (
    found(line, /(?<![0-9A-Za-z])\+?\d[\d ().-]{5,40}\d(?![0-9A-Za-z])/g)
      .filter(({ start, end }) => masked.slice(start, end) !== line.slice(start, end))
      // The beginning of a hash behind an evidence id, which may be digits alone.
      .filter(
        ({ start, end, text }) => !(/^\d{8}$/.test(text) && line[start - 1] === '(' && line.startsWith('…)', end)),
      )
      .map((place) => ({
        ...finding('unmasked-number', 'warning', at, place),
        message: 'A whole phone number: whose it is can be found out. Its last four digits are not needed here.',
        fixes: [{ title: 'Mask the number', text: masked.slice(place.start, place.end) }],
      }))
  );
}

const clock = /(?<![\w:.+-])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:\s?[ap]\.?m\b\.?)?(?![\d:])/gi;
const zone = /^\s*(?:(?:to|–|-|until|and)\s+(?:\d{4}-\d\d-\d\d[ T])?(?:\d\d:\d\d)(?::\d\d)?\s*)?(?:UTC|Z|GMT)\b/;

/** A time of day that is not said to be UTC: Twilio and everybody else reads the document in UTC. */
export function localTimes(line: string, at: number): readonly LintFinding[] {
  if (/^(?:\||[^|]*:milestone)/.test(line.trimStart()) && /UTC|:milestone/.test(line)) return [];
  return found(line, clock)
    .filter(({ end }) => !zone.test(line.slice(end)))
    .map((place) => ({
      ...finding('local-time', 'information', at, place),
      message: 'Which time zone? Times of an RCA are UTC and say so.',
      fixes: timeFixes(line, place),
    }));
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function found(line: string, pattern: RegExp): readonly Place[] {
  return [...line.matchAll(pattern)].map(({ index, 0: text }) => ({ start: index, end: index + text.length, text }));
}

function finding(code: LintCode, severity: LintFinding['severity'], line: number, { start, end }: Place) {
  return { code, severity, line, start, end };
}
