import { analyzeSection } from './analyzeSection.ts';
import { containSection } from './containSection.ts';
import { diagnoseSection } from './diagnoseSection.ts';
import { engageSection } from './engageSection.ts';
import { evidenceSection } from './evidenceSection.ts';
import type { IncidentFacts } from './facts.ts';
import { filesSection } from './filesSection.ts';
import { incidentSection } from './incidentSection.ts';
import { nextStep } from './nextStep.ts';
import type { IncidentRow } from './row.ts';
import { validateSection } from './validateSection.ts';

/** One section after the other. */
const sections: readonly ((facts: IncidentFacts) => readonly IncidentRow[])[] = [
  incidentSection,
  // Few, so that they are not lost below all the sources.
  filesSection,
  nextStep,
  // The five phases of the guide, none of which blocks another.
  validateSection,
  engageSection,
  containSection,
  analyzeSection,
  diagnoseSection,
  evidenceSection,
];

/** The rows of the Incident view. */
export function incidentRows(facts: IncidentFacts): readonly IncidentRow[] {
  return sections.flatMap((section) => section(facts));
}
