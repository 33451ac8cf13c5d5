/** What Twilio says to the error codes the simulated traffic runs into. https://www.twilio.com/docs/api/errors */
const texts: Readonly<Record<number, string>> = {
  11200: 'HTTP retrieval failure',
  13225: 'Call blocked by Twilio',
  13227: 'No international permission',
  21215: 'Geo permission configuration is not permitting call',
  21408: 'Permission to send an SMS has not been enabled for the region',
  21610: 'Attempt to send to unsubscribed recipient',
  30003: 'Unreachable destination handset',
  30005: 'Unknown destination handset',
  30006: 'Landline or unreachable carrier',
  30007: 'Message filtered',
  30008: 'Unknown error',
  30450: 'Message delivery blocked by SMS Pumping Protection',
};

/** The text for a code, `null` when this list has none. */
export function errorText(code: number): string | null {
  return texts[code] ?? null;
}
