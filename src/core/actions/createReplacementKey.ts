import type { Action, Reading } from '../contain/action.ts';
import { counted } from '../contain/facts.ts';
import type { NewApiKeyTarget } from '../contain/target.ts';
import { textOf } from '../model/json.ts';
import { isLabel } from '../twilio/patterns.ts';

const field = 'API key of this name';
const sidField = 'Its SID';

/**
 * Makes a standard or a restricted key, which is found again by its name. Its secret is in the reply to this request and nowhere else.
 * https://www.twilio.com/docs/iam/api-keys/key-resource-v1
 */
const createReplacementKey: Action<NewApiKeyTarget> = {
  id: 'createReplacementKey',
  title: 'Create Replacement API Key…',
  icon: 'key',
  on: 'newApiKey',
  reversibility: 'reversible',
  undo: {
    actionId: 'deleteApiKey',
    target: ({ account, name }, _before, after) => ({ kind: 'apiKey', account, name, sid: after[sidField] ?? '' }),
  },
  applicable: () => true,
  refuse({ name }, live) {
    if (!isLabel(name)) return 'The name of a new key may hold letters, digits, blanks and . : - only.';
    return live[field] === 'unknown'
      ? 'There are more keys than could be read, so that the new one could not be told from them.'
      : undefined;
  },
  reads: ({ account }) => ({ keys: { operation: 'listKeys', account, query: { AccountSid: account } } }),
  pages: 10,
  state({ keys }, { name }) {
    const sid = sidOf(keys, name);
    if (sid === undefined) return { [field]: keys?.complete === false ? 'unknown' : 'none', [sidField]: '' };
    // Deleting it looks at the name too, so that an undo sees when it was given another.
    return { [field]: 'there', [sidField]: sid, name };
  },
  requests: ({ account, name, allow }) => [
    {
      operation: 'createKey',
      account,
      form: {
        AccountSid: account,
        FriendlyName: name,
        ...(allow !== '' && { KeyType: 'restricted', Policy: JSON.stringify({ allow: allow.split(' ') }) }),
      },
    },
  ],
  wanted: () => ({ [field]: 'there' }),
  handsOut: 'key',
  unheard: 'If its secret is not under “Copy Replacement Key…”, it is lost: delete this key and make another.',
  evidence: ({ account }) => ({ keys: { operation: 'listKeys', account, query: { AccountSid: account } } }),
  blastRadius: ({ keys }, { allow }) => [
    { name: 'Changes nothing that runs', value: 'programs go on with what they have until they are given the new key' },
    { name: 'May do', value: allow === '' ? 'everything but manage accounts and keys' : allow.replaceAll(' ', ', ') },
    { name: 'Its secret', value: 'goes to VS Code’s secret storage; copy it from there when it is done' },
    counted('Keys there now', keys),
  ],
};
export default createReplacementKey;

function sidOf(keys: Reading | undefined, name: string): string | undefined {
  const found = keys?.items.find((key) => textOf(key, 'friendly_name') === name);
  return found && textOf(found, 'sid');
}
