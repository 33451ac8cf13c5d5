import { homedir } from 'node:os';
import path from 'node:path';

/** The user's folder for what can be fetched again: kept between runs, safe to delete. */
export function cacheFolder(): string {
  const base =
    process.env['XDG_CACHE_HOME'] ||
    (process.platform === 'win32' && process.env['LOCALAPPDATA']) ||
    path.join(homedir(), '.cache');
  return path.join(base, 'twilio-incident');
}
