import type { FraudType } from '../../src/core/validate/signal.ts';

type Required = Readonly<Record<string, RegExp>>;

/** What the guide asks of every diagnosis, and how it is found in the document when it was filled in. */
const always: Required = {
  'accounts affected': /\*\*Account:\*\* `/,
  'exact window in UTC': /\*\*Window:\*\* \d{4}-\d\d-\d\d \d\d:\d\d UTC to/,
  'start and end': /\*\*Start and end:\*\* \d{4}-.*; last sign in the evidence \d{4}-/,
  detection: /Investigation opened/,
  'containment with time': /\| \d{4}.*UTC \| `(?:Suspend Subaccount|Rotate Auth Token)`/,
  'Support contact': /Twilio Support contacted/,
  verdict: /\*\*Verdict:\*\* `/,
  indicators: /\| `[PTAS]\d` `.*rare without fraud/,
  'root-cause classes': /\| Credential exposure \|/,
  'corrective actions by indicator': /\| [PTAS]\d[^|]*: [EJ]\d+[^|]*\| to do \|/,
  'evidence with SHA-256': /\*\*E1\*\* .*SHA-256 [0-9a-f]{64}/,
  'completeness and gaps': /\*\*(?:Complete|Incomplete):\*\*/,
  'chain head': /\*\*Journal:\*\* record \d+, SHA-256 [0-9a-f]{64}/,
};

/** What it asks of each type: its metrics of impact and what the timeline begins with. */
const byType: Readonly<Record<FraudType, Required>> = {
  'sms-pumping': {
    'first activity': /Messages above the usual level begin/,
    'volume and expected volume': /\*\*[\d,]+ messages\*\* went to .* to be expected/,
    excess: /in excess\*\*/,
    cost: /Cost: [\d,.]+ [A-Z]{3}/,
    'share of the traffic': /\*\*Part of the attack:\*\* [\d,]+ of [\d,]+ messages/,
    'conversion normal and now': /Verify conversion:\*\* .* before the onset, .* from it on/,
    'delivered messages': /[\d,]+ were delivered/,
    countries: /\*\*Destination:\*\*/,
    'number ranges': /\*\*Number ranges:\*\*/,
    'subaccounts that sent': /\*\*Sent by:\*\*/,
    'unique recipients': /\*\*Unique recipients:\*\* [\d,]+/,
    figure: /!\[.*\]\(figures\//,
  },
  'toll-fraud': {
    'calls, minutes and cost':
      /\*\*Part of the attack:\*\* [\d,]+ of [\d,]+ calls with [\d,]+ begun minutes, [\d,.]+ [A-Z]{3}/,
    'minutes above what was to be expected': /\| `T1` `/,
    'premium or unusual destinations': /\| `T2` `/,
    'longest call': /\*\*Outbound calls:\*\* .*the longest/,
    'destinations by minutes': /\*\*Most minutes:\*\*/,
  },
  'account-takeover': {
    'first unexpected administrative action': /\*\*Start and end:\*\* .*the first unexpected change in the account/,
    'who, from where': /\*\*Account:\*\* .* from `[\d.]+`, an address not seen before/,
    'data accessed': /\*\*Data read:\*\*/,
    'sanitization steps': /\| Auth Tokens of impacted accounts rotated \|/,
  },
  smishing: {
    'delivered and unique recipients': /\*\*Smishing:\*\* [\d,]+ messages .* [\d,]+ recipients; [\d,]+ were delivered/,
    'text, links and brand': /\| `S[12]` `/,
    'cost and share': /\*\*Part of the attack:\*\* [\d,]+ of [\d,]+ messages, [\d,.]+ [A-Z]{3}/,
    'asked of the person': /✍ Which data did the messages ask for, whose brand/,
  },
};

/** What messages alone must fill in, however many there are. */
const ofMessages: readonly string[] = [
  'accounts affected',
  'exact window in UTC',
  'start and end',
  'verdict',
  'indicators',
  'evidence with SHA-256',
  'completeness and gaps',
  'chain head',
  'volume and expected volume',
  'excess',
  'cost',
  'share of the traffic',
  'delivered messages',
  'countries',
  'number ranges',
  'subaccounts that sent',
  'unique recipients',
  'delivered and unique recipients',
  'figure',
];

/** The same of a document whose incident has messages and nothing else. */
export function lackingOfMessages(text: string): ReturnType<typeof lackingIn> {
  const { lacking } = lackingIn(text, ['sms-pumping', 'smishing']);
  return { total: ofMessages.length, lacking: lacking.filter((item) => ofMessages.includes(item)) };
}

/** What of it a document lacks, and how many items there were. */
export function lackingIn(
  text: string,
  types: readonly FraudType[],
): { readonly total: number; readonly lacking: readonly string[] } {
  const required = Object.entries({
    ...always,
    ...Object.assign({}, ...types.map((type) => byType[type])),
  } as Required);
  return {
    total: required.length,
    lacking: required.filter(([, pattern]) => !pattern.test(text)).map(([item]) => item),
  };
}
