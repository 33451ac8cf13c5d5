/** A piece of SVG as data: made without a DOM, drawn by whoever has one. */
export interface Mark {
  readonly tag: 'svg' | 'g' | 'path' | 'line' | 'rect' | 'circle' | 'text' | 'title' | 'defs' | 'pattern';
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly text?: string;
  readonly children?: readonly Mark[];
}
