import { type Block, cited, data, type Line, strong, text } from './document.ts';
import type { RcaFacts } from './facts.ts';
import { utcMinute } from './formats.ts';

/** Title block: what it is about, how far the document is, and where the journal stood. */
export function summary(facts: RcaFacts): Block {
  const { title, status, type, accounts, window, asOf, chainHead, demo = false } = facts;
  return {
    kind: 'list',
    items: [
      [strong('Incident:'), text(' '), data(title)],
      [strong('Status:'), text(` ${status}`)],
      ...(demo
        ? [[strong('Demo:'), text(' this is the demo account of the extension. Nothing in this document happened.')]]
        : []),
      ...(type === undefined ? [] : [[strong('Type:'), text(` ${type}`)]]),
      ...accounts.map(({ name, sid }) => [strong('Account:'), text(' '), data(name), text(', '), data(sid)]),
      [strong('Window:'), text(` ${utcMinute(window.from)} to ${utcMinute(window.to)}`)],
      ...verdict(facts),
      [strong('Facts as of:'), text(` ${utcMinute(asOf)}`)],
      // A SHA-256 is digits enough to be masked as a phone number: it goes in as our own words, and only when it is one.
      ...(chainHead && /^[0-9a-f]{64}$/.test(chainHead.hash)
        ? [[strong('Journal:'), text(` record ${chainHead.seq}, SHA-256 ${chainHead.hash}`)]]
        : []),
    ],
  };
}

function verdict({ verdict: known }: RcaFacts): readonly Line[] {
  if (!known) return [[strong('Verdict:'), text(' not validated yet')]];
  return [
    [strong('Verdict:'), text(' '), data(known.sentence), text(`, checked ${utcMinute(known.at)}`)],
    ...known.hits.map(({ id, title, sentence, citations }) => [
      strong('Indicator:'),
      text(' '),
      data(`${id} ${title}`),
      text(', '),
      data(sentence),
      ...cited(citations),
    ]),
  ];
}
