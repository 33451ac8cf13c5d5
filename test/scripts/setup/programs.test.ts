import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ensureChromium, findChromium } from '../../../scripts/setup/chromium.ts';
import { findDesktopCode } from '../../../scripts/setup/desktopCode.ts';
import { findOnPath } from '../../../scripts/setup/findOnPath.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'programs-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function program(name: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, '');
  chmodSync(file, 0o755);
  return file;
}

test('the first name that exists wins, and folders and plain files are not programs', () => {
  mkdirSync(path.join(folder, 'chromium'));
  writeFileSync(path.join(folder, 'chrome'), '');
  chmodSync(path.join(folder, 'chrome'), 0o644);
  const found = program('google-chrome');
  expect(findOnPath(['chromium', 'chrome', 'google-chrome'], `/nowhere${path.delimiter}${folder}`)).toBe(found);
  expect(findOnPath(['chromium', 'chrome'], folder)).toBeUndefined();
});

test('CHROMIUM_PATH goes before any other browser', () => {
  const mine = program('my-browser');
  vi.stubEnv('CHROMIUM_PATH', mine);
  expect(findChromium()).toBe(mine);
});

test('a CHROMIUM_PATH that is not a program is said and not replaced by another browser', async () => {
  vi.stubEnv('CHROMIUM_PATH', path.join(folder, 'missing'));
  await expect(ensureChromium()).rejects.toThrow('CHROMIUM_PATH names');
});

test('without root the user is told what to install', async () => {
  vi.stubEnv('CHROMIUM_PATH', '');
  vi.stubEnv('PATH', folder);
  const getuid = vi.spyOn(process, 'getuid').mockReturnValue(1000);
  await expect(ensureChromium()).rejects.toThrow(/none was found: .*install/);
  getuid.mockRestore();
});

test('a desktop VS Code counts only where it can open a window on this machine', () => {
  const code = program('code');
  expect(findDesktopCode({ PATH: folder, DISPLAY: ':0' }, 'linux')).toBe(code);
  expect(findDesktopCode({ PATH: folder }, 'linux')).toBeUndefined();
  expect(findDesktopCode({ PATH: folder }, 'darwin')).toBe(code);
  expect(findDesktopCode({ PATH: folder, DISPLAY: ':0', WSL_DISTRO_NAME: 'Debian' }, 'linux')).toBeUndefined();
  expect(findDesktopCode({ PATH: folder, DISPLAY: ':0', VSCODE_IPC_HOOK_CLI: '/run/s' }, 'linux')).toBeUndefined();
});
