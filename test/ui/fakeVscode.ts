import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A question put to the person: how it is asked, and what it is about. */
export interface Question {
  readonly kind: 'pick' | 'input' | 'save' | 'open' | 'message';
  readonly title: string;
  /** Of a list. */
  readonly entries: readonly unknown[];
}

export interface FakeOptions {
  /** The folder that is open. */
  readonly workspace: string;
  /** Answers a question; `undefined` answers a list with its first entry, or all, and everything else with its default. */
  readonly answer: (question: Question) => unknown;
}

interface Tree {
  getChildren(row?: unknown): Promise<readonly unknown[] | undefined>;
  getTreeItem(row: unknown): unknown;
  resolveTreeItem?(item: unknown, row: unknown, stop: unknown): unknown;
}

type Listener = (value: unknown) => unknown;

class EventEmitter {
  readonly #listeners = new Set<Listener>();
  readonly event = (listener: Listener) => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };
  fire(value: unknown): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

class Disposable {
  readonly dispose: () => void;
  constructor(dispose: () => void) {
    this.dispose = dispose;
  }
  static from(...all: readonly { dispose?(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const one of all) one.dispose?.();
    });
  }
}

class CancellationError extends Error {}

class MarkdownString {
  value: string;
  constructor(value = '') {
    this.value = value;
  }
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
  appendText(text: string): this {
    return this.appendMarkdown(text);
  }
}

/** What VS Code draws of a row; the members are set from outside. */
class TreeItem {
  label: unknown;
  collapsibleState: unknown;
  constructor(label: unknown, collapsibleState: unknown) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

class Uri {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;
  constructor(scheme: string, at: string, query = '') {
    this.scheme = scheme;
    this.path = at;
    this.query = query;
  }
  get fsPath(): string {
    return this.path;
  }
  static file(at: string): Uri {
    return new Uri('file', at);
  }
  static joinPath(base: Uri, ...parts: string[]): Uri {
    return new Uri(base.scheme, path.join(base.path, ...parts));
  }
  static parse(text: string): Uri {
    return new Uri(text.split(':', 1)[0] ?? '', text.slice(text.indexOf(':') + 1));
  }
  static from({ scheme, path: at, query }: { scheme: string; path: string; query?: string }): Uri {
    return new Uri(scheme, at, query);
  }
  with({ path: at = this.path, query = this.query }: { path?: string; query?: string }): Uri {
    return new Uri(this.scheme, at, query);
  }
  toString(): string {
    return this.scheme === 'file' ? pathToFileURL(this.path).href : `${this.scheme}:${this.path}?${this.query}`;
  }
}

/**
 * As much of VS Code as the extension asks of it, without a window: it answers questions as it is told, and remembers everything it was given to
 * show. What nobody thought of here takes any call and any member, and remembers them too.
 */
export function createFakeVscode({ workspace, answer }: FakeOptions) {
  const told: unknown[] = [];
  const commands = new Map<string, (...rest: unknown[]) => unknown>();
  const trees = new Map<string, Tree>();
  const panels: { readonly receive: (message: unknown) => void }[] = [];

  function anything(name: string): unknown {
    const members = new Map<PropertyKey, unknown>();
    return new Proxy(function fake() {}, {
      get(_target, member) {
        if (member === 'then' || member === Symbol.iterator || member === Symbol.asyncIterator) return undefined;
        if (member === Symbol.toPrimitive || member === 'toString') return () => name;
        if (!members.has(member)) members.set(member, anything(`${name}.${String(member)}`));
        return members.get(member);
      },
      set(_target, member, value) {
        told.push(value);
        members.set(member, value);
        return true;
      },
      apply: (_target, _this, rest) => told.push(rest) && anything(`${name}()`),
      construct(_target, rest) {
        told.push(rest);
        return anything(`new ${name}`) as object;
      },
    });
  }
  function overlay(name: string, own: Readonly<Record<string, unknown>>): unknown {
    const rest = anything(name) as Record<PropertyKey, unknown>;
    return new Proxy(own, {
      get: (_target, member) => (typeof member === 'string' && Object.hasOwn(own, member) ? own[member] : rest[member]),
      has: () => true,
    });
  }
  async function ask(kind: Question['kind'], title: string, entries: readonly unknown[], usual: unknown) {
    const given = answer({ kind, title, entries });
    return given === undefined ? usual : given;
  }
  const message = async (text: string, ...buttons: unknown[]) => {
    told.push(text, buttons);
    return answer({ kind: 'message', title: text, entries: buttons });
  };
  const output = (line: unknown) => void told.push(line);
  const fsFailure = class FileSystemError extends Error {
    code = 'FileNotFound';
  };
  const token = { isCancellationRequested: false, onCancellationRequested: () => new Disposable(() => undefined) };

  const window = overlay('window', {
    showInformationMessage: message,
    showWarningMessage: message,
    showErrorMessage: message,
    async showQuickPick(
      entries: readonly unknown[] | Promise<readonly unknown[]>,
      options: Record<string, unknown> = {},
    ) {
      const list = await entries;
      told.push(list, options);
      return ask('pick', String(options['title'] ?? ''), list, options['canPickMany'] ? list : list[0]);
    },
    async showInputBox(options: Record<string, unknown> = {}) {
      told.push(options);
      return ask('input', String(options['title'] ?? ''), [], options['value'] ?? 'x');
    },
    async showSaveDialog(options: Record<string, unknown> = {}) {
      told.push(options);
      return ask('save', String(options['title'] ?? ''), [], options['defaultUri']);
    },
    async showOpenDialog(options: Record<string, unknown> = {}) {
      told.push(options);
      return ask('open', String(options['title'] ?? ''), [], undefined);
    },
    async withProgress(options: unknown, work: (progress: { report: typeof output }, stop: typeof token) => unknown) {
      told.push(options);
      return work({ report: output }, token);
    },
    createOutputChannel: () =>
      overlay('log', { info: output, warn: output, error: output, debug: output, trace: output, append: output }),
    createTreeView(id: string, { treeDataProvider }: { treeDataProvider: Tree }) {
      trees.set(id, treeDataProvider);
      return anything(`view ${id}`);
    },
    createWebviewPanel() {
      const webview = overlay('webview', {
        postMessage: async (posted: unknown) => told.push(posted) > 0,
        onDidReceiveMessage(receive: (message: unknown) => void) {
          panels.push({ receive });
          return new Disposable(() => undefined);
        },
        asWebviewUri: (uri: Uri) => uri,
        cspSource: 'self',
      });
      return overlay('panel', { webview, visible: true });
    },
    tabGroups: { all: [], onDidChangeTabs: () => new Disposable(() => undefined) },
    visibleTextEditors: [],
  });
  const fs = {
    stat: async ({ fsPath }: Uri) => {
      try {
        return await stat(fsPath);
      } catch {
        throw new fsFailure(fsPath);
      }
    },
    readFile: async ({ fsPath }: Uri) => readFile(fsPath),
    writeFile: async ({ fsPath }: Uri, bytes: Uint8Array) => writeFile(fsPath, bytes),
  };
  const contents = new Map<string, { provideTextDocumentContent(uri: Uri): unknown }>();
  async function openTextDocument(given: Uri | string) {
    const uri = typeof given === 'string' ? Uri.file(given) : given;
    const provider = contents.get(uri.scheme);
    const text = provider ? String(await provider.provideTextDocumentContent(uri)) : await readFile(uri.fsPath, 'utf8');
    told.push(text);
    const lines = text.split('\n');
    const lineAt = (line: number) => ({ text: lines[line] ?? '' });
    return overlay('document', { uri, getText: () => text, lineCount: lines.length, lineAt, isDirty: false, eol: 1 });
  }
  const own = {
    ...{ EventEmitter, Disposable, CancellationError, MarkdownString, TreeItem, Uri, window },
    FileSystemError: fsFailure,
    workspace: overlay('workspace', {
      workspaceFolders: [{ uri: Uri.file(workspace), name: 'workspace', index: 0 }],
      isTrusted: true,
      fs,
      textDocuments: [],
      openTextDocument,
      decode: async (bytes: Uint8Array) => Buffer.from(bytes).toString(),
      encode: async (text: string) => Buffer.from(text),
      registerTextDocumentContentProvider(scheme: string, provider: { provideTextDocumentContent(uri: Uri): unknown }) {
        contents.set(scheme, provider);
        return new Disposable(() => undefined);
      },
      getConfiguration: () => ({
        get: (_name: string, usual: unknown) => usual,
        inspect: () => undefined,
        update: async () => undefined,
      }),
    }),
    commands: overlay('commands', {
      registerCommand(id: string, run: (...rest: unknown[]) => unknown) {
        commands.set(id, run);
        return new Disposable(() => undefined);
      },
      executeCommand: async (id: string, ...rest: unknown[]) => {
        told.push([id, rest]);
        return commands.get(id)?.(...rest);
      },
    }),
    env: overlay('env', { clipboard: { writeText: async (text: string) => output(text), readText: async () => '' } }),
    ExtensionMode: { Production: 1, Development: 2, Test: 3 },
    TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
    ProgressLocation: { SourceControl: 1, Window: 10, Notification: 15 },
    UIKind: { Desktop: 1, Web: 2 },
  };
  const memento = () => {
    const kept = new Map<string, unknown>();
    return {
      get: (key: string, usual: unknown) => (kept.has(key) ? kept.get(key) : usual),
      keys: () => [...kept.keys()],
      update: async (key: string, value: unknown) => void kept.set(key, output(value) ?? value),
      setKeysForSync: () => undefined,
    };
  };
  /** What VS Code hands to an extension; `storage` is its own folder. */
  const contextFor = (extension: string, storage: string) => {
    const secrets = new Map<string, string>();
    return {
      subscriptions: [] as { dispose(): unknown }[],
      extensionMode: own.ExtensionMode.Test,
      extensionUri: Uri.file(extension),
      globalStorageUri: Uri.file(storage),
      extension: { packageJSON: { version: '0' } },
      globalState: memento(),
      workspaceState: memento(),
      secrets: {
        get: async (key: string) => secrets.get(key),
        store: async (key: string, value: string) => void secrets.set(key, value),
        delete: async (key: string) => void secrets.delete(key),
        onDidChange: () => new Disposable(() => undefined),
      },
    };
  };
  /** Runs a command as a person does. */
  const run = async (id: string) => void (await commands.get(id)?.());
  /** Lets every page say that it is there, so that it is given its state. */
  const drawPanels = () => {
    for (const { receive } of panels) receive({ type: 'ready', body: {} });
  };
  /** Draws the rows of every view, the first ones of each, down to some depth. */
  async function drawTrees(): Promise<void> {
    for (const tree of trees.values()) await drawRows(tree, undefined, 0);
  }
  async function drawRows(tree: Tree, row: unknown, depth: number): Promise<void> {
    if (depth > 3) return;
    const rows = (await tree.getChildren(row)) ?? [];
    for (const one of rows.slice(0, 20)) {
      const item = await tree.getTreeItem(one);
      told.push(item, await tree.resolveTreeItem?.(item, one, token));
      await drawRows(tree, one, depth + 1);
    }
  }
  return { module: overlay('vscode', own), told, contextFor, run, drawPanels, drawTrees };
}
