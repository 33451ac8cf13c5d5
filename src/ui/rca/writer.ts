import type { Sha256 } from '../../core/evidence/record.ts';
import type { RcaDocument } from '../../core/rca/document.ts';
import type { TrafficReport } from '../../core/traffic/report.ts';

/** A picture as a file of its own. */
export interface DrawnFigure {
  /** `figures/…svg`. */
  readonly file: string;
  readonly alt: string;
  readonly svg: string;
}

/** Turns documents into text; loaded when the first one is written. */
export interface RcaWriter {
  readonly sha256: Sha256;
  /** UTF-8. */
  bytes(text: string): Uint8Array;
  /** GitHub-flavoured Markdown whose generated blocks carry their SHA-256. */
  markdown(document: RcaDocument): string;
  /** The traffic of the country that stands out most; `undefined` when none does. */
  figure(report: TrafficReport): DrawnFigure | undefined;
  /** One page without scripts that needs no other file. `figure` gives the SVG of a file in `figures/`. */
  html(markdown: string, options: { readonly title: string; readonly figures: ReadonlyMap<string, string> }): string;
}
