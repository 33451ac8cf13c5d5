import type { Server } from './server.ts';

export interface WorkbenchTarget {
  /** A folder or a `.code-workspace` file; none opens an empty window. */
  readonly folder?: string;
  /** Folders of extensions to load as they are; needs a server in development mode. */
  readonly developmentPaths?: readonly string[];
  /** A module with `run(): Promise<void>` to run in the extension host; needs a server in development mode. */
  readonly testsPath?: string;
}

/** The address at which the browser finds this workbench. */
export function workbenchUrl(server: Pick<Server, 'origin'>, target: WorkbenchTarget): string {
  const url = new URL(server.origin);
  const remote = (file: string): string => `vscode-remote://${url.host}${encodeURI(file)}`;
  if (target.folder)
    url.searchParams.set(target.folder.endsWith('.code-workspace') ? 'workspace' : 'folder', target.folder);
  else url.searchParams.set('ew', 'true');
  const payload = [
    ...(target.developmentPaths ?? []).map((folder) => ['extensionDevelopmentPath', remote(folder)]),
    ...(target.testsPath ? [['extensionTestsPath', remote(target.testsPath)]] : []),
  ];
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify([['skipWelcome', 'true'], ...payload]));
  return url.href.replaceAll('%2F', '/'); // legal in a query, and far easier to read
}
