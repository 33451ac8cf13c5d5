import { findOnPath } from './findOnPath.ts';

/**
 * The `code` command of a desktop VS Code that can open a window here, or undefined. Inside WSL, and in a terminal of a remote window,
 * `code` only talks to a VS Code on another machine, which cannot load an extension from a folder of this one.
 */
export function findDesktopCode(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string | undefined {
  if (env['VSCODE_IPC_HOOK_CLI'] || env['WSL_DISTRO_NAME']) return undefined;
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return undefined;
  return findOnPath(['code', 'code-insiders'], env['PATH']);
}
