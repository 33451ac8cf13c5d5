import type { CapturedRow } from '../evidence/evidenceStore.ts';
import { textOf } from '../model/json.ts';
import { createTemplates, type Template } from '../smishing/templates.ts';
import { isStop } from '../smishing/wording.ts';
import { countryOf } from '../traffic/country.ts';
import { conversions, outcomes, type Sender } from '../traffic/detect/rows.ts';
import { readMessage } from '../traffic/message.ts';
import { type Columns, createColumns, createNames } from './column.ts';
import type { Refs } from './refs.ts';

const outboundShape = {
  /** Indices into the facts' lists. */
  account: 'u16',
  country: 'u16',
  /** Epoch seconds. */
  time: 'u32',
  /** The recipient's digits as one number; 0 where masked or none. */
  recipient: 'f64',
  outcome: 'u8',
  conversion: 'u8',
  errorCode: 'u32',
  /** Millionths of `currency`, NaN until rated or in another currency. */
  price: 'f64',
  sender: 'u16',
  template: 'u16',
  ref: 'f64',
} as const;
const inboundShape = { account: 'u16', time: 'u32', stop: 'u8', ref: 'f64' } as const;

/** Messages column by column, by time. */
export interface MessageFacts {
  readonly out: Columns<typeof outboundShape> & { readonly rows: number };
  readonly in: Columns<typeof inboundShape> & { readonly rows: number };
  readonly accounts: readonly string[];
  readonly countries: readonly string[];
  readonly senders: readonly Sender[];
  readonly templates: readonly Template[];
  /** ISO 4217 of the prices, the one that came first. */
  readonly currency: string;
}

/** Takes in messages; a row that is none is counted nowhere. */
export function createMessageFacts(refs: Refs) {
  const out = createColumns(outboundShape);
  const incoming = createColumns(inboundShape);
  const accounts = createNames();
  const countries = createNames();
  const senders = createNames();
  const templates = createTemplates();
  let currency: string | undefined;
  return {
    add(captured: CapturedRow): void {
      const { row } = captured;
      const message = readMessage(row);
      if (!message) return;
      const at = {
        account: accounts.of(captured.account),
        time: Math.floor(message.at / 1000),
        ref: refs.of(captured),
      };
      const body = textOf(row, 'body') ?? '';
      if (!message.outbound) {
        incoming.add({ ...at, stop: isStop(body) ? 1 : 0 });
        return;
      }
      if (message.price !== undefined) currency ??= message.currency;
      const rated = message.price !== undefined && message.currency === currency;
      out.add({
        ...at,
        country: countries.of(countryOf(message.to)),
        recipient: recipientOf(message.to),
        outcome: outcomeOf(message.status, message.errorCode),
        conversion: conversions.unknown,
        errorCode: message.errorCode ?? 0,
        price: rated ? Math.round((message.price ?? 0) * 1e6) : Number.NaN,
        sender: senders.of(senderText(textOf(row, 'from') ?? '', textOf(row, 'messaging_service_sid') ?? '')),
        template: Math.min(65_535, templates.add(body)),
      });
    },
    done: (): MessageFacts => ({
      out: out.sortedBy('time'),
      in: incoming.sortedBy('time'),
      accounts: accounts.names,
      countries: countries.names,
      senders: senders.names.map(senderOf),
      templates: templates.templates,
      currency: currency ?? 'USD',
    }),
  };
}

/** The digits of an E.164 address, 0 for everything else. */
export function recipientOf(address: string): number {
  const digits = /^(?:[a-z]+:)?\+(\d{5,15})$/i.exec(address)?.[1];
  return digits === undefined ? 0 : Number(digits);
}

/** What became of it, from Twilio's status and error code. */
export function outcomeOf(status: string, errorCode: number | undefined): number {
  if (errorCode === 30450 || errorCode === 30453) return outcomes.pumpingBlocked;
  if (errorCode === 60410) return outcomes.guardBlocked;
  if (status === 'delivered' || status === 'read') return outcomes.delivered;
  return status === 'undelivered' || status === 'failed' ? outcomes.failed : outcomes.sent;
}

/** A number of a service's pool is the service: which of its numbers sends is chance. An alphanumeric sender says more than its service. */
export function senderText(from: string, service: string): string {
  return service !== '' && !/\p{L}/u.test(from) ? service : from;
}

/** What kind of sender `senderText` names. */
export function senderOf(name: string): Sender {
  if (/^MG[0-9a-fA-F]{32}$/.test(name)) return { name, kind: 'service' };
  const place = countryOf(name);
  if (place === 'short-code') return { name, kind: 'short-code' };
  if (place === 'alphanumeric') return { name, kind: 'alphanumeric' };
  return { name, kind: name.startsWith('+') ? 'number' : 'unknown' };
}
