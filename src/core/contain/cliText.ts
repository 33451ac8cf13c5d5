import { operationOf } from '../twilio/operations.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import type { Plan } from './plan.ts';

/** The first part of a path is the account everywhere in this API; the CLI leaves it out and has an option for it. */
const v2010 = '/2010-04-01/Accounts/{AccountSid}';

const verbs = { GET: 'list', POST: 'update', PATCH: 'update', DELETE: 'remove' } as const;

/**
 * The plan's requests as commands of the Twilio CLI, one a line, in the order they are sent: what to paste where this extension is
 * not. The CLI signs with the profile in use, which on hosts other than api.twilio.com decides the account.
 * https://www.twilio.com/docs/twilio-cli/general-usage
 */
export function cliText(plan: Plan): string {
  const lines = plan.items.flatMap(({ target, sweep, requests }) => {
    const commands = [...sweep, ...requests].map(cliCommand);
    // The profile decides the account where the command does not name it.
    const unnamed = commands.some((command) => !command.includes(target.account));
    return [...(unnamed ? [`# with a profile of account ${target.account}:`] : []), ...commands];
  });
  return `${lines.join('\n')}\n`;
}

/** `twilio api:core:accounts:update --sid AC… --status suspended`. */
export function cliCommand(request: TwilioRequest): string {
  const { path, method, host, operationId } = operationOf(request.operation);
  const ofAccount = path.startsWith(`${v2010}/`);
  const itself = path === `${v2010}.json`;
  const options = [
    ...(ofAccount ? [['AccountSid', request.account] as const] : itself ? [['Sid', request.account] as const] : []),
    ...Object.entries(request.path ?? {}),
    ...Object.entries({ ...request.query, ...request.form }).flatMap(([name, value]) =>
      [value].flat().map((one) => [name, one] as const),
    ),
  ];
  const creates = method === 'POST' && operationId.startsWith('Create');
  const verb = creates ? 'create' : verbs[method];
  const words = options.map(([name, value]) => `--${kebab(name)} ${shellQuoted(value)}`);
  return ['twilio', `${topic(host, path)}:${verb}`, ...words].join(' ');
}

/** The CLI names its commands by host, version and the fixed parts of the path. */
function topic(host: string, path: string): string {
  const parts = path
    .replace(/\.json$/, '')
    .split('/')
    .filter((part) => part !== '' && !part.startsWith('{'));
  const [version = '', ...rest] = parts;
  const isCore = host === 'api.twilio.com';
  const below = isCore && rest.length > 1 ? rest.slice(1) : rest;
  const product = host.split('.', 1)[0] ?? host;
  return ['api', ...(isCore ? ['core'] : [product, version]), ...below.map(kebab)].join(':').toLowerCase();
}

function kebab(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase();
}

/** For POSIX shells: nothing in single quotes means anything. */
function shellQuoted(value: string): string {
  return /^[\w.@%+=:,-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
