/** A thing to be contained, and what it takes without this extension: pages opened, things chosen, typed or pressed. */
export interface ConsolePart {
  readonly what: string;
  /** Once, such as going to the page; named one by one, so that the count can be checked. */
  readonly once: readonly string[];
  /** For each of so many. */
  readonly each?: { readonly of: number; readonly steps: readonly string[] };
}

/**
 * The same containment by Twilio's fraud guide in the Console, and on the command line where the guide says that the Console cannot: counted
 * from the pages and buttons that Twilio's documentation names. Signing in and confirming by e-mail or 2FA are not counted.
 */
export function consolePath({
  keys,
  calls,
  accounts,
}: Readonly<Record<'keys' | 'calls' | 'accounts', number>>): readonly ConsolePart[] {
  return [
    {
      what: 'rotate the Auth Token',
      once: ['Account', 'API keys & tokens', 'Auth Tokens', 'Create secondary token', 'copy it', 'Promote', 'confirm'],
    },
    {
      what: 'delete the API keys',
      once: ['Account', 'API keys & tokens'],
      each: { of: keys, steps: ['open the key', 'Delete', 'confirm'] },
    },
    {
      what: 'close the country for SMS',
      once: [],
      each: {
        of: accounts,
        steps: ['choose the account', 'Messaging', 'Settings', 'Geo permissions', 'search it', 'untick it', 'Save'],
      },
    },
    {
      what: 'suspend the subaccount (by API only)',
      once: ['find its SID', 'open a terminal', 'type the request with the parent’s credential', 'read it back'],
    },
    {
      what: 'end its calls (by API only)',
      once: ['type the request that lists them'],
      each: { of: calls, steps: ['type the request that ends it'] },
    },
  ];
}

/** How many steps these are. */
export function stepsOf(parts: readonly ConsolePart[]): number {
  return parts.reduce((sum, { once, each }) => sum + once.length + (each ? each.of * each.steps.length : 0), 0);
}
