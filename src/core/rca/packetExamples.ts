import { type Block, cited, data, paragraph, prompt, text } from './document.ts';
import type { ExampleMessage } from './exampleMessages.ts';
import type { RcaFacts } from './facts.ts';
import { utcMinute } from './formats.ts';
import type { Example } from './verdict.ts';

const mostExamples = 10;

/** Messages of the attacked countries, those the indicators rest on, and calls where indicators of calls were hit. */
export function examplesIn({ verdict }: RcaFacts, found: readonly ExampleMessage[]) {
  const hits = (verdict?.hits ?? []).filter(({ severity }) => severity !== 'notice');
  const all: readonly Example[] = [...found, ...hits.flatMap(({ examples = [] }) => examples)];
  const distinct = [...new Map(all.map((one) => [one.sid, one])).values()];
  const of = (kind: RegExp) => distinct.filter(({ sid }) => kind.test(sid)).slice(0, mostExamples);
  // What was looked for among the messages is shown whatever it is called.
  const calls = of(/^CA[0-9a-fA-F]{32}$/);
  return {
    calls,
    messages: [
      ...found,
      ...of(/^(?:SM|MM)[0-9a-fA-F]{32}$/).filter((one) => !found.some(({ sid }) => sid === one.sid)),
    ],
  };
}

/** The messages as a list, or what Support asks for when there are too few. */
export function messageSids(messages: readonly Example[], hasCalls: boolean): readonly Block[] {
  if (messages.length === 0)
    return [
      hasCalls
        ? paragraph(text('No message shows it; the calls below do.'))
        : prompt(
            'Which messages show it? Support asks for the SIDs of three at least; none of the captured ones fits.',
          ),
    ];
  return [
    sidList(messages),
    ...(messages.length < 3 && !hasCalls
      ? [prompt('Support asks for the SIDs of three messages at least. Which others show it?')]
      : []),
  ];
}

/** SIDs with their times and where they are found. */
export function sidList(examples: readonly Example[]): Block {
  return {
    kind: 'list',
    items: examples.map(({ sid, at, citation }) => [
      data(sid),
      ...(at === undefined ? [] : [text(`, ${utcMinute(at)}`)]),
      ...cited(citation === undefined ? [] : [citation]),
    ]),
  };
}
