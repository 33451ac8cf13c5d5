import { clockHour } from '../core/traffic/clockHour.ts';
import { percent } from '../core/traffic/flags.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { element, setShown } from './dom.ts';
import { whole } from './formats.ts';

type Finding = NonNullable<TrafficState['rows'][number]['finding']>;

export interface EvidenceList {
  readonly element: HTMLElement;
  /** `success` is what a receipt is called: `Delivered`, as in the table of countries. */
  show(finding: Finding | null, success: string): void;
}

const inWords = 'In a sentence';

/** What stands behind a flag, figure by figure, and what there was no data for. */
export function createEvidenceList(): EvidenceList {
  const list = element('dl', { class: 'evidence', 'aria-label': 'What the flag rests on' });
  let shown = '';
  return {
    element: list,
    show(finding, success) {
      const print = JSON.stringify([finding, success]);
      setShown(list, finding !== null);
      if (print === shown || finding === null) return;
      shown = print;
      list.replaceChildren(
        ...factsOf(finding, success).map(([name, value]) =>
          element('div', name === inWords ? { class: 'whole' } : {}, element('dt', {}, name), element('dd', {}, value)),
        ),
      );
    },
  };
}

function factsOf(finding: Finding, success: string) {
  const { from, to, observed, expected, upper, lower, p, q, delivery, conversion } = finding;
  const { blocks, prefix, patterns, missing, sentence } = finding;
  const range = lower > 0 ? `${whole(lower)} to ${whole(upper)}` : `at most ${whole(Math.max(1, upper))}`;
  const facts: readonly (readonly [name: string, value: string | undefined])[] = [
    [inWords, sentence || undefined],
    ['From', `${clockHour(from)} to ${clockHour(to)} UTC`],
    ['Against what was expected', `${whole(observed)} where ${whole(expected)} were expected (${range})`],
    ['Chance of so many', `${small(p)} (false discovery rate ${small(q)})`],
    [success, rateText(delivery)],
    ['Converted', rateText(conversion)],
    ['Ranges', blocks.length > 0 ? blocks.join(', ') : undefined],
    ['Prefix for Support', prefix ?? undefined],
    ['Numbers and times', patterns.length > 0 ? patterns.join('; ') : undefined],
    ['Not known', missing.length > 0 ? missing.join(', ') : undefined],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

/** `55 %, usually 97 %`; nothing without data. */
function rateText({ part, whole: all, normal }: Finding['delivery']): string | undefined {
  if (all === 0) return undefined;
  const usual = normal === null ? 'what is usual is not known' : `usually ${percent(Math.round(1000 * normal), 1000)}`;
  return `${percent(part, all)}, ${usual}`;
}

function small(p: number): string {
  if (p < 1e-12) return 'below 10⁻¹²';
  return p < 0.001 ? p.toExponential(0) : p.toPrecision(1);
}
