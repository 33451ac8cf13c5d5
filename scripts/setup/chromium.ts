import { readFileSync } from 'node:fs';
import { findOnPath, isExecutable } from './findOnPath.ts';
import { run } from './toolchain.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The browser the tests drive: CHROMIUM_PATH, or one on PATH, or one where macOS and Windows put it. */
export function findChromium(): string | undefined {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen) return isExecutable(chosen) ? chosen : undefined;
  return findOnPath(names) ?? usualPlaces.find(isExecutable);
}

/**
 * The browser the tests drive, installed first where that can be done without asking (root on Debian or its children).
 * Throws with one sentence on what to install where it cannot.
 */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  if (process.env['CHROMIUM_PATH']) {
    throw new Error(`CHROMIUM_PATH names ${process.env['CHROMIUM_PATH']}, which is not a program that can be run.`);
  }
  if (!canUseApt()) throw new Error(howToInstall());
  console.log('Installing Chromium for the tests (apt-get)…');
  const apt = ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // A stale list of one repository is no reason to stop: what counts is whether the installation works.
  await run('apt-get', [...apt, 'update'], { env });
  const code = await run('apt-get', [...apt, 'install', '-y', '--no-install-recommends', 'chromium'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const installed = findChromium();
  if (code !== 0 || !installed) throw new Error(`apt-get could not install chromium (code ${code}). ${howToInstall()}`);
  return installed;
}

function canUseApt(): boolean {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    isDebianFamily() &&
    findOnPath(['apt-get']) !== undefined
  );
}

function isDebianFamily(): boolean {
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

function howToInstall(): string {
  const how =
    process.platform === 'linux'
      ? 'run `sudo apt-get install chromium` (or what your distribution calls it)'
      : 'install Google Chrome';
  return `The tests need a Chromium browser and none was found: ${how}, or set CHROMIUM_PATH to one.`;
}
