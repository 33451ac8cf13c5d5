export const account = `AC${'a'.repeat(32)}`;

export function otherSid(prefix: string, number: number): string {
  return `${prefix}${number.toString(16).padStart(32, '0')}`;
}

/** A call as BulkExport and the REST API write it. */
export function callRecord(number: number, over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    sid: otherSid('CA', number),
    account_sid: account,
    from: '+14155550100',
    to: '+37126000001',
    status: 'completed',
    direction: 'outbound-api',
    duration: '61',
    price: '-0.10000',
    price_unit: 'USD',
    start_time: 'Fri, 20 Nov 2026 10:00:00 +0000',
    end_time: 'Fri, 20 Nov 2026 10:01:01 +0000',
    date_created: 'Fri, 20 Nov 2026 09:59:59 +0000',
    date_updated: 'Fri, 20 Nov 2026 10:01:02 +0000',
    ...over,
  };
}

/** A Verify attempt as the REST API writes it. */
export function attemptRecord(number: number, over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    sid: otherSid('VL', number),
    account_sid: account,
    service_sid: otherSid('VA', 1),
    verification_sid: otherSid('VE', number),
    date_created: '2026-11-20T10:00:00Z',
    date_updated: '2026-11-20T10:00:05Z',
    conversion_status: 'unconverted',
    channel: 'sms',
    price: { value: '0.05', currency: 'usd' },
    channel_data: { to: '+79581112233', country: 'RU', message_status: 'delivered', error_code: null },
    ...over,
  };
}

/** The same record with the names the Twilio CLI gives: members in camel case, what is below them as Twilio sends it. */
export function camelCase(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
