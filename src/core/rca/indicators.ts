import { type Block, citationText, data, type Line, left, paragraph, strong, text } from './document.ts';
import type { RcaFacts } from './facts.ts';
import { count, utcMinute } from './formats.ts';
import type { Verdict } from './verdict.ts';

/** What each indicator of Twilio's guide found, the surest first, and what became of the others. */
export function indicators({ verdict }: RcaFacts): readonly Block[] {
  if (!verdict)
    return [
      paragraph(text('The indicators of Twilio’s guide were not checked yet. “Validate” does, then refresh this.')),
    ];
  const { hits, others = [] } = verdict;
  const rest = states.flatMap((state) => others.filter((one) => one.state === state && one.ids.length > 0).map(restOf));
  return [
    ...(hits.length === 0 ? [paragraph(text('No indicator was hit.'))] : [table(hits)]),
    ...(rest.length === 0 ? [] : [paragraph(strong('Not hit:'), text(` ${rest.join('; ')}.`))]),
  ];
}

function table(hits: Verdict['hits']): Block {
  return {
    kind: 'table',
    columns: left('Indicator', 'What was found', 'From (UTC)', 'Weight', 'Evidence'),
    rows: hits.map(({ id, title, sentence, first, severity, citations }): readonly Line[] => [
      [data(id), text(' '), data(title)],
      [data(sentence)],
      [text(first === undefined ? '–' : utcMinute(first))],
      [text(weights[severity ?? 'notice'])],
      [text(citationText(citations))],
    ]),
  };
}

const weights = { critical: 'rare without fraud', warning: 'unusual', notice: 'also everyday' } as const;
const states = ['clean', 'not enough data', 'not visible by API', 'not checked yet'] as const;
const words = {
  clean: 'looked at and clean',
  'not enough data': 'too little data',
  'not visible by API': 'not visible by API, to be checked by hand',
  'not checked yet': 'not checked',
} as const;

function restOf({ state, ids }: NonNullable<Verdict['others']>[number]): string {
  const named = ids.filter((id) => /^[PTAS]\d$/.test(id));
  return `${words[state]} ${named.length === ids.length ? named.join(', ') : count(ids.length)}`;
}
