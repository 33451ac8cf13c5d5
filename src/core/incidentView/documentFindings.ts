import type { DocumentFinding } from './facts.ts';

interface Finding {
  readonly code: string;
  readonly severity: DocumentFinding['severity'];
  readonly message: string;
}

const order: readonly DocumentFinding['severity'][] = ['error', 'warning', 'information'];

/** Findings of a document by their kind, the most severe first. */
export function documentFindings(findings: readonly Finding[]): readonly DocumentFinding[] {
  return [...Map.groupBy(findings, ({ code }) => code)]
    .flatMap(([code, own]): readonly DocumentFinding[] => {
      const [first] = own.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
      return first ? [{ code, severity: first.severity, message: first.message, count: own.length }] : [];
    })
    .toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
