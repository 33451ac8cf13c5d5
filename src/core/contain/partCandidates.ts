import { duration, isoSeconds, span } from '../model/age.ts';
import { instantOf, type JsonObject, textOf } from '../model/json.ts';
import { shortSid } from '../model/sid.ts';
import type { Candidate, CandidateScope } from './candidates.ts';
import { everyItem } from './senderCandidates.ts';

/** `Replacement 2026-11-21T12:00Z`: what a new key is called, so that it is found again. `at`: epoch milliseconds. */
export function replacementName(at: number): string {
  return `Replacement ${isoSeconds(at).slice(0, 16)}Z`;
}

/** A key that can do what programs usually need. */
export function standardKey({ scope: { account, now } }: CandidateScope): Candidate {
  const name = replacementName(now);
  return {
    target: { kind: 'newApiKey', account, name, allow: '' },
    label: 'A standard key',
    description: name,
    reason: 'For your programs, before the keys they use are deleted',
  };
}

/** Rate limits of every Verify service. */
export async function verifyLimits(from: CandidateScope): Promise<readonly Candidate[]> {
  const { account } = from.scope;
  return inEach({ operation: 'listVerifyServices', account }, from, async (service, of) => {
    const limits = await everyItem({ operation: 'listRateLimits', account, path: { ServiceSid: service } }, from);
    return limits.map((limit) => {
      const name = textOf(limit, 'unique_name') ?? '';
      return {
        target: { kind: 'verifyLimit', account, name, service, sid: sidOf(limit) },
        label: name,
        description: of,
      };
    });
  });
}

/** Usage triggers, with where they post to: an attacker may have made the notices go elsewhere. */
export async function usageTriggers(from: CandidateScope): Promise<readonly Candidate[]> {
  const { account } = from.scope;
  const triggers = await everyItem({ operation: 'listUsageTriggers', account }, from);
  return triggers.map((trigger) => {
    const name = textOf(trigger, 'friendly_name') ?? '';
    return {
      target: { kind: 'usageTrigger', account, name, sid: sidOf(trigger) },
      label: name || sidOf(trigger),
      description: [shortSid(sidOf(trigger)), textOf(trigger, 'callback_url')].filter(Boolean).join(' · '),
    };
  });
}

/** SIP user names of every credential list. */
export async function sipCredentials(from: CandidateScope): Promise<readonly Candidate[]> {
  const { account } = from.scope;
  return inEach({ operation: 'listSipCredentialLists', account }, from, async (list, of) => {
    const path = { CredentialListSid: list };
    const found = await everyItem({ operation: 'listSipCredentials', account, path }, from);
    return youngFirst(found).map((credential) => {
      const name = textOf(credential, 'username') ?? '';
      return {
        target: { kind: 'sipCredential', account, name, list, sid: sidOf(credential) },
        label: name,
        description: of,
        ...lately(credential, from),
      };
    });
  });
}

/** Where Event Streams sends events. */
export async function eventSinks(from: CandidateScope): Promise<readonly Candidate[]> {
  const { account } = from.scope;
  const sinks = await everyItem({ operation: 'listSinks', account }, from);
  return youngFirst(sinks).map((sink) => {
    const name = textOf(sink, 'description') ?? '';
    return {
      target: { kind: 'eventSink', account, name, sid: sidOf(sink) },
      label: name || sidOf(sink),
      description: [shortSid(sidOf(sink)), textOf(sink, 'sink_type'), textOf(sink, 'status')]
        .filter(Boolean)
        .join(' · '),
      ...lately(sink, from),
    };
  });
}

function youngFirst(items: readonly JsonObject[]): readonly JsonObject[] {
  const made = (item: JsonObject): number => instantOf(item, 'date_created') ?? 0;
  return items.toSorted((a, b) => made(b) - made(a));
}

/** What is this young is worth a look: it is how an intruder stays. */
const recent = 7 * span.day;

function lately(item: JsonObject, { scope: { now } }: CandidateScope): Pick<Candidate, 'reason' | 'created'> {
  const created = instantOf(item, 'date_created');
  if (created === undefined) return {};
  return now - created >= recent ? { created } : { created, reason: `Created ${duration(now - created)} ago` };
}

async function inEach(
  request: Parameters<typeof everyItem>[0],
  from: CandidateScope,
  found: (sid: string, name: string) => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  const all: Candidate[] = [];
  for (const one of await everyItem(request, from))
    all.push(...(await found(sidOf(one), textOf(one, 'friendly_name') || sidOf(one))));
  return all;
}

function sidOf(item: JsonObject): string {
  return textOf(item, 'sid') ?? '';
}
