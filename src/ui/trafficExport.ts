import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { Figure, ToHost, ToView } from '../core/messages.ts';
import { channelWords } from '../core/traffic/channel.ts';
import { panelCsv } from '../core/traffic/panelCsv.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { isPicture, isPng } from '../core/traffic/pictureCheck.ts';
import { phrase } from '../core/untrusted.ts';
import type { PanelTools } from './panelTools.ts';
import { say } from './say.ts';

/** What node and browsers both have; VS Code's types do not mention it. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare function atob(base64: string): string;

const titles: Readonly<Record<Figure, string>> = {
  map: 'Map',
  series: 'Hours of the country',
  heat: 'Country by hour',
};
const open = 'Open';
const copy = 'Copy Markdown';

/** Asks what to export. The table is written at once; for a picture the page is asked with what this resolves to. */
export async function chooseExport(state: TrafficState): Promise<ToView['draw'] | undefined> {
  const pictures = (['map', 'series', 'heat'] as const).flatMap((figure) =>
    (['svg', 'png'] as const).map((format) => ({
      label: `${titles[figure]} (${format.toUpperCase()})`,
      draw: { figure, format },
    })),
  );
  const table = { label: 'Table (CSV)', draw: undefined };
  const chosen = await vscode.window.showQuickPick([table, ...pictures], { title: 'Export Traffic by Country' });
  if (chosen === table)
    await save(table.label, fileName('table', 'csv', state), new TextEncoder().encode(panelCsv(state)));
  return chosen?.draw;
}

/** Asks where to, and writes the picture the page made. */
export async function savePicture({ figure, format, data }: ToHost['save'], state: TrafficState): Promise<void> {
  if (format === 'svg' ? !isPicture(data) : !isPng(data)) throw notAPicture();
  const bytes =
    format === 'svg' ? new TextEncoder().encode(data) : Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  await save(`${titles[figure]} (${format.toUpperCase()})`, fileName(figure, format, state), bytes);
}

/** Puts pictures and table into the open incident's `figures` folder and its journal; says where they are. */
export async function addToIncident(
  { figures }: ToHost['addToRca'],
  state: TrafficState,
  { incidents, store, now, guard }: Pick<PanelTools, 'incidents' | 'store' | 'now' | 'guard'>,
): Promise<void> {
  const incident = incidents.current;
  if (!incident)
    throw new UserError('bad-input', 'No incident is open any more. Open one, then add the figures again.');
  if (!figures.every(({ svg }) => isPicture(svg))) throw notAPicture();
  // The same hours can be looked at twice, so the file's name says when.
  const stamp = new Date(now()).toISOString().slice(0, 19).replace(/[-:]/g, '');
  const files = [
    ...figures.map(({ figure, svg }) => ({
      name: `figures/${fileStem(figure, state)}-${stamp}Z.svg`,
      text: svg,
      figure,
    })),
    { name: `figures/${fileStem('table', state)}-${stamp}Z.csv`, text: panelCsv(state), figure: undefined },
  ];
  const documents = await store();
  await incidents.hold(async () => {
    for (const { name, text } of files) await documents.writeDocument(incident, name, text);
  });
  const markdown = files.map(({ name, figure }) =>
    figure ? `![${captionOf(figure, state)}](${name})` : `[Traffic by country, CSV](${name})`,
  );
  const told = phrase(
    'toast',
  )`${files.length} files added to the incident, in its folder “figures”. Their Markdown goes where RCA.md speaks of them.`;
  // Nothing waits for a toast to be answered.
  void guard(async () => {
    const pressed = await say.info(told, copy);
    if (pressed === copy) await vscode.env.clipboard.writeText(`${markdown.join('\n\n')}\n`);
  });
}

/** Words of ours, the code of the country and times: nothing that could be Markdown. */
function captionOf(figure: Figure, { span, selected, channel }: TrafficState): string {
  const of = figure === 'series' && selected ? `, ${selected.country}` : '';
  const hours = span ? `, ${utc(span.from)} to ${utc(span.to)} UTC` : '';
  const what = channel === 'sms' ? 'Traffic by country' : `${channelWords[channel].title} by country`;
  return `${what}: ${titles[figure]}${of}${hours}`;
}

/** `what` is said of it, in our words: a file's name looks like a host's, and toasts take these apart. */
async function save(what: string, name: string, bytes: Uint8Array): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const defaultUri = folder ? vscode.Uri.joinPath(folder.uri, name) : undefined;
  const target = await vscode.window.showSaveDialog({ title: 'Export', ...(defaultUri && { defaultUri }) });
  if (!target) return;
  try {
    await vscode.workspace.fs.writeFile(target, bytes);
  } catch (reason) {
    const code = reason instanceof vscode.FileSystemError ? reason.code : 'unknown error';
    throw new UserError(
      'bad-input',
      `The file could not be written (${code}). Choose a folder you may write to, then export again.`,
    );
  }
  const pressed = await say.info(phrase('toast')`${what} written.`, open);
  if (pressed === open) await vscode.commands.executeCommand('vscode.open', target);
}

function fileName(what: Figure | 'table', extension: string, state: TrafficState): string {
  const { span } = state;
  const until = span ? `-${new Date(span.to).toISOString().slice(0, 13).replace('T', '-')}00` : '';
  return `${fileStem(what, state)}${until}.${extension}`;
}

function fileStem(what: Figure | 'table', { channel }: TrafficState): string {
  return channel === 'sms' ? `traffic-${what}` : `traffic-${channel}-${what}`;
}

function utc(instant: number): string {
  return new Date(instant).toISOString().slice(0, 16).replace('T', ' ');
}

function notAPicture(): UserError {
  return new UserError(
    'bad-input',
    'The panel gave no picture that can be kept. Close the panel, open it again and repeat.',
  );
}
