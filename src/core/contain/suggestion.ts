import type { PlanStep } from './sequence.ts';

/** A step a person may choose, with why. The strings may be hostile text. */
export interface Suggestion extends PlanStep {
  readonly label: string;
  readonly reason: string;
  /** The verdict asks for it, so it is chosen unless the person leaves it out. */
  readonly picked: boolean;
}
