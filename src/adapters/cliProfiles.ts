import { readFile } from 'node:fs/promises';
import { UserError } from '../core/errors.ts';
import type { CliProfile, UnusableProfile } from '../core/model/cliProfile.ts';
import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../core/model/json.ts';
import { isSid } from '../core/model/sid.ts';

/** Far larger than any real configuration; a bigger file is something else. */
const longest = 2 ** 20;

/**
 * The profiles in the Twilio CLI's configuration file, `~/.twilio-cli/config.json`; none when there is no such file.
 * `profiles` is an object by name with the secret in it; `projects` are those of older versions, whose secrets are in the
 * operating system's key store. Layout: `ConfigData` of @twilio/cli-core.
 * Throws `UserError('bad-input')` for a file that cannot be read or understood.
 */
export async function readCliProfiles(path: string): Promise<readonly CliProfile[]> {
  const config = await readConfig(path);
  if (!config) return [];
  const active = textOf(config, 'activeProject');
  const profiles = objectOf(config, 'profiles') ?? {};
  const current = Object.keys(profiles).map((name) => readProfile(name, objectOf(profiles, name) ?? {}, active));
  const older = objectsOf(config, 'projects').map((project) =>
    readProfile(textOf(project, 'id') ?? 'unnamed', project, active),
  );
  return [...current, ...older];
}

function readProfile(name: string, profile: JsonObject, active: string | undefined): CliProfile {
  const accountSid = textOf(profile, 'accountSid') ?? '';
  const apiKey = textOf(profile, 'apiKey') ?? '';
  const apiSecret = textOf(profile, 'apiSecret') ?? '';
  const region = textOf(profile, 'region')?.trim();
  const known = isSid('AC', accountSid);
  const unusable = (reason: string): UnusableProfile => ({
    kind: 'unusable',
    name,
    ...(known && { accountSid }),
    reason,
  });
  if (!known) return unusable('Its Account SID is missing or malformed.');
  if (region && region.toLowerCase() !== 'us1')
    return unusable(
      `It is for the region "${region}". Credentials belong to one region, and this extension talks to US1 only.`,
    );
  if (!apiKey || !apiSecret)
    return unusable(
      'Its secret is not in the file: older versions of the Twilio CLI kept it in the key store of the system. Run "twilio profiles:create" again, or sign in by hand.',
    );
  if (!isSid('SK', apiKey) && apiKey !== accountSid)
    return unusable('Its API key is neither a key SID nor the Account SID.');
  return {
    kind: 'usable',
    name,
    accountSid,
    apiKey,
    apiSecret,
    ...(region && { region }),
    active: name === active,
  };
}

async function readConfig(path: string): Promise<JsonObject | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw malformed('cannot be read');
  }
  if (text.length > longest) throw malformed('is far too large');
  try {
    const config: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (isObject(config)) return config;
  } catch {
    // What JSON.parse says quotes the text around the fault, which may be a secret.
  }
  throw malformed('is not the JSON it should be');
}

function malformed(what: string): UserError {
  return new UserError(
    'bad-input',
    `The configuration file of the Twilio CLI ${what}. Check it with "twilio profiles:list", or sign in by hand.`,
  );
}
