import { expect, test } from 'vitest';
import { workbenchUrl } from '../../../scripts/harness/workbenchUrl.ts';

const server = { origin: 'http://127.0.0.1:4321' };

test('a folder is readable in the address, and its odd characters survive', () => {
  expect(workbenchUrl(server, { folder: '/home/me/demo' })).toBe('http://127.0.0.1:4321/?folder=/home/me/demo');
  const url = new URL(workbenchUrl(server, { folder: '/home/me/a b&c#d' }));
  expect(url.searchParams.get('folder')).toBe('/home/me/a b&c#d');
});

test('a workspace file opens as a workspace, and nothing opens an empty window', () => {
  expect(workbenchUrl(server, { folder: '/x/all.code-workspace' })).toContain('?workspace=/x/all.code-workspace');
  expect(workbenchUrl(server, {})).toBe('http://127.0.0.1:4321/?ew=true');
});

test('extensions and tests are named by the address the page itself has', () => {
  const url = new URL(workbenchUrl(server, { folder: '/w', developmentPaths: ['/my ext'], testsPath: '/t.cjs' }));
  expect(JSON.parse(url.searchParams.get('payload') ?? '')).toEqual([
    ['skipWelcome', 'true'],
    ['extensionDevelopmentPath', 'vscode-remote://127.0.0.1:4321/my%20ext'],
    ['extensionTestsPath', 'vscode-remote://127.0.0.1:4321/t.cjs'],
  ]);
});
