import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { workerOf } from '../../threads/workerOf.ts';
import { htmlOf } from '../../ui/canaries.ts';
import { connect, json, main, serve } from '../twilio/loopback.ts';
import { captures, newIncident, proof, storeIn } from './captures.ts';
import { freshFolder } from './journals.ts';

const folder = freshFolder();

/** Twelve secrets as Twilio's replies hold them, by the field they come in; the first is the one the connection uses. */
const token = '5eca7e00'.repeat(4);
const canaries: Readonly<Record<string, string>> = {
  echoed: token,
  auth_token: 'ca11ab1e'.repeat(4),
  secondary_auth_token: 'ba5eba11'.repeat(4),
  secret: 'k"1<&>/ü+ =%\\',
  password: 'p"2<&>/ü+ =%\\',
  access_token: 'a"3<&>/ü+ =%\\',
  client_secret: 'c"4<&>/ü+ =%\\',
  'PRIMARY-AUTH-TOKEN': 'feedface'.repeat(4),
  privateKey: '-----BEGIN "KEY" & <x>-----',
  refreshToken: 'r"5<&>/ü+ =%\\',
  sip_auth_password: 's"6<&>/ü+ =%\\',
  passphrase: 'w"7<&>/ü+ =%\\',
};

function forms(secret: string): readonly string[] {
  return [
    secret,
    Buffer.from(`${main}:${secret}`).toString('base64'),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    htmlOf(secret),
    [...secret].reverse().join(''),
    unpadded(secret),
    unpadded(`${main}:${secret}`),
  ];
}

/** Base64 as URLs have it. */
function unpadded(text: string): string {
  return Buffer.from(text).toString('base64').replace(/=+$/, '');
}

/** Each file below a folder, unpacked. */
async function everyFile(place: string): Promise<readonly (readonly [name: string, text: string])[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const content = await readFile(path.join(parentPath, name));
        return [name, (name.endsWith('.gz') ? gunzipSync(content) : content).toString()] as const;
      }),
  );
}

const places = [
  ['read here', undefined],
  ['read in a thread', workerOf('pages')],
] as const;

test.each(places)(
  'twelve secrets in eight forms, through the transport into captures (%s): no file of the incident holds one',
  async (_, pageScript) => {
    // The token used is known by value, so it is found in any text; the others are known by their field, in whatever form they come.
    const inFields = Object.fromEntries(Object.entries(canaries).filter(([name]) => name !== 'echoed'));
    const rows: readonly JsonObject[] = forms(token).map((known, form) => ({
      sid: `SM${form}`,
      body: `echo ${token} and ${known}`,
      nested: [Object.fromEntries(Object.entries(inFields).map(([name, secret]) => [name, forms(secret)[form] ?? '']))],
      ...inFields,
      // Only large pages are read elsewhere.
      filler: ' '.repeat(4000),
    }));
    const { port } = await serve((_seen, response) => json(response, { messages: rows, next_page_uri: null }));
    const { twilio, logged } = connect(port, { secret: token, ...(pageScript && { pageScript }) });
    const opened = await newIncident(folder.path);
    const writer = await storeIn(folder.path).writer(opened);
    const ask = () => twilio.page({ operation: 'listMessages', account: main }, undefined, { rowsOf: 'messages' });
    let page = await ask();
    // Until its thread is awake.
    while (pageScript && !page.held) page = await ask();
    const slice = writer.begin({ source: 'messages', account: main });
    if (page.held) await slice.held(page.held, Uint32Array.from(rows.keys()), { ...page.proof, rows: rows.length });
    else await slice.page(page.items, { ...page.proof, rows: page.items.length });
    await slice.end({ complete: true });
    await writer.close();
    await opened.journal.close();
    const files = await everyFile(folder.path);
    expect(files.map(([name]) => name)).toEqual(expect.arrayContaining(['messages-0001.jsonl.gz', 'journal.jsonl']));
    expect(files.find(([name]) => name.endsWith('.gz'))?.[1]).toContain('echo [removed]');
    for (const secret of Object.values(canaries))
      for (const form of forms(secret))
        for (const [name, text] of [...files, ['log', logged.join('\n')] as const])
          expect(text.includes(form.replace(/=+$/, '')), `${name} holds ${form}`).toBe(false);
    expect(Object.keys(captures(opened)[0]?.slices[0]?.pages[0]?.removed ?? {}).length).toBeGreaterThan(5);
  },
);

test('credentials in the addresses of webhooks do not reach the disk; texts of messages stay as they are', async () => {
  const opened = await newIncident(folder.path);
  const writer = await storeIn(folder.path).writer(opened);
  const address = 'https://acme:hunter2-canary@example.com/voice';
  for (const source of ['numbers', 'events', 'alerts', 'messages'] as const) {
    const slice = writer.begin({ source, account: main });
    await slice.page([{ sid: source, body: `see ${address}` }], proof());
    await slice.end({ complete: true });
  }
  await writer.close();
  await opened.journal.close();
  const holding = (await everyFile(folder.path)).filter(([, text]) => text.includes('hunter2-canary'));
  expect(holding.map(([name]) => name)).toEqual(['messages-0001.jsonl.gz']);
  const [first] = captures(opened);
  expect(first?.slices[0]?.pages[0]?.removed).toMatchObject({ 'credentials in addresses': 1 });
});

test('this test finds a secret that is there', async () => {
  const opened = await newIncident(folder.path);
  await opened.journal.append({ type: 'note', text: token });
  await opened.journal.close();
  expect((await everyFile(folder.path)).some(([, text]) => text.includes(token))).toBe(true);
});
