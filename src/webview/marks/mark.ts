/** A piece of SVG as data: made without a DOM, drawn by whoever has one. */
export interface Mark {
  readonly tag: 'svg' | 'g' | 'path' | 'line' | 'rect' | 'circle' | 'text' | 'title' | 'defs' | 'pattern';
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** A mark with text has no children. */
  readonly text?: string;
  /** What it stands for, where its place among the others changes with the data; unlike that of any other with its tag and parent. */
  readonly key?: string;
  readonly children?: readonly Mark[];
}
