import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createIncidentFolder } from '../../../src/adapters/evidence/incidentFolder.ts';
import { UserError } from '../../../src/core/errors.ts';
import type { Incident } from '../../../src/core/model/incident.ts';

/** Calls to the disk in order, as `what name`, and one of them to fail. */
const disk = vi.hoisted(() => ({ calls: [] as string[], failing: '', reason: new Error('none') }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const called = (call: string): void => {
    disk.calls.push(call);
    if (call === disk.failing) throw disk.reason;
  };
  const last = (file: unknown) => String(file).replace(/^.*[\\/]/, '');
  const open: typeof real.open = async (file, flags, mode) => {
    const name = last(file);
    called(`open ${name}`);
    const handle = await real.open(file, flags, mode);
    const { writeFile, sync, close } = handle;
    return Object.assign(handle, {
      writeFile: (...given: Parameters<typeof writeFile>) => {
        called(`write ${name}`);
        return writeFile.apply(handle, given);
      },
      sync: () => {
        called(`sync ${name}`);
        return sync.call(handle);
      },
      close: () => {
        called(`close ${name}`);
        return close.call(handle);
      },
    });
  };
  const rename: typeof real.rename = (from, to) => {
    called(`rename ${last(from)} ${last(to)}`);
    return real.rename(from, to);
  };
  const writeFile: typeof real.writeFile = (file, ...rest) => {
    called(`write ${last(file)}`);
    return real.writeFile(file, ...rest);
  };
  return { ...real, open, rename, writeFile };
});

const created = Date.parse('2026-11-21T03:00:00Z');
const incident: Incident = {
  ...{ id: 'one', title: 'SMS pumping', accounts: [], status: 'open', created },
  window: { from: created - 1000, to: created },
};
const folderName = '2026-11-21-sms-pumping';
let workspace: string;
beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'workspace-'));
  disk.calls.length = 0;
  disk.failing = '';
});
afterEach(() => rm(workspace, { recursive: true }));

test('a file of an incident is on the disk before it has its name, and its name before it is done', async () => {
  await createIncidentFolder(workspace, incident);
  const flushed = (name: string) => ['open', 'sync', 'close'].map((call) => `${call} ${name}`);
  const whole = (name: string) => [
    ...['open', 'write', 'sync', 'close'].map((call) => `${call} ${name}.tmp`),
    `rename ${name}.tmp ${name}`,
    ...flushed(folderName),
  ];
  expect(disk.calls).toEqual([
    ...['incidents', path.basename(workspace)].flatMap(flushed),
    ...['.gitignore', '.gitattributes', 'incident.json'].flatMap(whole),
  ]);
});

test.each(['open', 'write', 'sync'])('a file that fails to %s never gets its name', async (call) => {
  disk.failing = `${call} incident.json.tmp`;
  disk.reason = Object.assign(new Error('no space'), { code: 'ENOSPC' });
  const making = createIncidentFolder(workspace, incident);
  await expect(making).rejects.toThrow(UserError);
  await expect(making).rejects.toThrow('could not be written (ENOSPC)');
  expect(await readdir(path.join(workspace, 'incidents', folderName))).not.toContain('incident.json');
});

test.each([`sync ${folderName}`, 'sync incidents'])(
  'a name that cannot be made durable (%s) is a failure',
  async (call) => {
    disk.failing = call;
    disk.reason = Object.assign(new Error('broken'), { code: 'EIO' });
    await expect(createIncidentFolder(workspace, incident)).rejects.toThrow('could not be written (EIO)');
  },
);

test('a fault that is not the disk’s is not explained as one', async () => {
  disk.failing = 'write incident.json.tmp';
  disk.reason = new TypeError('a mistake of ours');
  await expect(createIncidentFolder(workspace, incident)).rejects.toBe(disk.reason);
});
