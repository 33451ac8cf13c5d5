import type { Plan, PlannedItem } from './plan.ts';
import { targetId } from './target.ts';

/** What a person types to confirm what cannot be undone: `12ab, delete 4 keys`. */
export interface TypedConfirmation {
  readonly parts: readonly TypedPart[];
}

/** `of`: the SID whose last four characters are asked for, or nothing where `expected` itself is shown. */
interface TypedPart {
  readonly expected: string;
  readonly of?: string;
}

/**
 * What is typed for these plans; `undefined` where all can be undone. For one thing, the last four characters of its SID, as the plan shows it. For
 * several that one action ends, what is done to how many, since nobody reads twenty tails with care; but of what is lost for good to
 * somebody else, such as a number, each tail.
 */
export function typedConfirmation(plans: readonly Plan[]): TypedConfirmation | undefined {
  const ending = plans.filter(({ action, items }) => action.reversibility === 'irreversible' && items.length > 0);
  const parts = [...Map.groupBy(ending, ({ action }) => action.id).values()].flatMap((alike): readonly TypedPart[] => {
    const items = alike.flatMap((plan) => plan.items);
    const several = alike[0]?.action.several;
    if (items.length === 1 || several === undefined) return items.map(tailOf);
    return [{ expected: several.replace('#', String(items.length)) }];
  });
  return parts.length > 0 ? { parts } : undefined;
}

function tailOf({ target }: PlannedItem): TypedPart {
  const [of = ''] = targetId(target).split(' ');
  return { of, expected: of.slice(-4) };
}

/** What is asked for, as the end of a sentence: `the last four characters of SK…, and “delete 4 keys”`. */
export function askedText({ parts }: TypedConfirmation): string {
  return parts
    .map(({ of, expected }) => (of === undefined ? `“${expected}”` : `the last four characters of ${of}`))
    .join(', and ');
}

/** True for all parts in their order, in either case, with commas or blanks between. */
export function isConfirmed({ parts }: TypedConfirmation, typed: string): boolean {
  const words = (text: string): string =>
    text
      .toLowerCase()
      .split(/[\s,;]+/)
      .filter((word) => word !== '')
      .join(' ');
  return words(typed) === words(parts.map(({ expected }) => expected).join(' '));
}
