import { type Block, cited, data, type Line, strong, text } from './document.ts';
import type { RcaFacts } from './facts.ts';
import { utcMinute } from './formats.ts';
import { typeText } from './impacted.ts';

/** Title block: what it is about, how far the document is, and where the journal stood. */
export function summary(facts: RcaFacts): Block {
  const { title, status, accounts, window, asOf, chainHead, unsealed = 0, demo = false } = facts;
  const type = typeText(facts);
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
      verdict(facts),
      numbers(facts),
      [strong('Facts as of:'), text(` ${utcMinute(asOf)}`)],
      // A SHA-256 is digits enough to be masked as a phone number: it goes in as our own words, and only when it is one.
      ...(chainHead && /^[0-9a-f]{64}$/.test(chainHead.hash)
        ? [[strong('Journal:'), text(` record ${chainHead.seq}, SHA-256 ${chainHead.hash}`)]]
        : []),
      ...(unsealed > 0
        ? [
            [
              strong('Not sealed here:'),
              text(
                ` ${unsealed} records of the journal were not written by the computer that wrote this document; what they alone tell is unproven, the evidence they list included`,
              ),
            ],
          ]
        : []),
    ],
  };
}

/** Whether others' phone numbers can be read in this document. */
export function numbers({ unmasked }: RcaFacts): Line {
  if (!unmasked) return [strong('Phone numbers:'), text(' the last four digits are masked')];
  const { at, citation } = unmasked;
  return [strong('Phone numbers:'), text(` whole, unmasked on purpose at ${utcMinute(at)}`), ...cited([citation])];
}

function verdict({ verdict: known }: RcaFacts): Line {
  if (!known) return [strong('Verdict:'), text(' not validated yet')];
  const { sentence, at, citation } = known;
  return [
    strong('Verdict:'),
    text(' '),
    data(sentence),
    text(`, checked ${utcMinute(at)}`),
    ...cited(citation === undefined ? [] : [citation]),
  ];
}
