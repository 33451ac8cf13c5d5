/** What is odd about the host of a link. */
export type LinkTrait = 'shortener' | 'punycode' | 'mixed script' | 'look-alike' | 'address of digits';

export interface Link {
  /** Lower case, as written. Hostile text. */
  readonly host: string;
  readonly traits: readonly LinkTrait[];
  /** The name it resembles, for a look-alike. */
  readonly resembles?: string;
}

/** Public link shorteners that phishing reports name most, and those of large networks. */
const shorteners = new Set(
  'bit.ly tinyurl.com t.co goo.gl is.gd v.gd ow.ly buff.ly rebrand.ly cutt.ly rb.gy shorturl.at t.ly tiny.cc s.id bl.ink lnkd.in adf.ly shorte.st qr.ae clck.ru u.to n9.cl tny.im soo.gd x.co'.split(
    ' ',
  ),
);

/** Names that smishing borrows: Twilio's own, and senders most often impersonated by SMS (USPS, banks, parcels, platforms). */
const borrowed =
  'twilio sendgrid authy paypal amazon apple icloud google microsoft netflix facebook instagram whatsapp usps fedex ups dhl royalmail hermes chase wellsfargo bankofamerica citibank hsbc barclays santander coinbase binance'.split(
    ' ',
  );

const hostLike =
  /(?<![\p{L}\p{N}@.-])(?:https?:\/\/)?((?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}][\p{L}\p{N}-]{1,23})(?=[/:?#\s,.!)]|$)/giu;
const bareDigits = /https?:\/\/((?:\d{1,3}\.){3}\d{1,3})/gi;

/**
 * The links of a text. `own` are the labels of hosts that belong to the account (`contoso`), which can be imitated too. Bounded: every
 * repetition of the patterns has a limit, and no more than 8 links of the first 2,000 characters are looked at.
 */
export function linksOf(text: string, own: ReadonlySet<string> = new Set()): readonly Link[] {
  const head = text.slice(0, 2000);
  const hosts = [...head.matchAll(hostLike)].slice(0, 8).flatMap(([whole, host = '']) => {
    // `word.Next` without a scheme is a missing space more often than a link; a path or a scheme makes it one.
    const follows = head.charAt(head.indexOf(whole) + whole.length);
    return whole.includes('://') || follows === '/' || host.startsWith('www.') ? [host.toLowerCase()] : [];
  });
  const digits = [...head.matchAll(bareDigits)].slice(0, 8).map(([, host = '']) => host);
  const named = [...new Set(hosts)].map((host) => linkTo(host, own));
  return [...named, ...[...new Set(digits)].map((host): Link => ({ host, traits: ['address of digits'] }))];
}

function linkTo(host: string, own: ReadonlySet<string>): Link {
  const traits: LinkTrait[] = [];
  if (shorteners.has(host.replace(/^www\./, ''))) traits.push('shortener');
  if (/(?:^|\.)xn--/.test(host)) traits.push('punycode');
  if (/[a-z]/.test(host) && /[^\p{ASCII}]/u.test(host)) traits.push('mixed script');
  const resembles = imitated(host, own);
  return { host, traits: resembles ? [...traits, 'look-alike'] : traits, ...(resembles && { resembles }) };
}

/** The label before the public suffix, as far as that can be told without the list of suffixes: `contoso` of `sms.contoso.co.uk`. */
export function ownLabel(host: string): string {
  const labels = host.split('.');
  const second = labels.at(-2) ?? '';
  return labels.length > 2 && second.length <= 3 && (labels.at(-1) ?? '').length === 2 ? (labels.at(-3) ?? '') : second;
}

function imitated(host: string, own: ReadonlySet<string>): string | undefined {
  const label = ownLabel(host);
  if (own.has(label)) return undefined;
  for (const name of [...own, ...borrowed]) {
    if (label === name) {
      // The name itself under another ending is its owner's as a rule, unless it is below somebody else's.
      return undefined;
    }
    const words = plain(label).split('-');
    if (words.some((word) => word === name || (name.length >= 6 && closeTo(word, name)))) return name;
    if (name.length >= 6 && plain(label).includes(name)) return name;
    if (name.length >= 6 && host.split('.').slice(0, -2).includes(name)) return name;
  }
  return undefined;
}

/** Letters that are read as others, replaced by these. */
const readAs: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '5': 's',
  '4': 'a',
  '8': 'b',
  а: 'a',
  е: 'e',
  о: 'o',
  і: 'i',
  р: 'p',
  с: 'c',
  ѕ: 's',
  ı: 'i',
};

function plain(label: string): string {
  return Array.from(label.normalize('NFKD').replace(/\p{M}/gu, ''), (letter) => readAs[letter] ?? letter).join('');
}

/** One letter more, less, other or swapped (Damerau-Levenshtein distance 1), but not the same. */
function closeTo(word: string, name: string): boolean {
  if (word === name || Math.abs(word.length - name.length) > 1) return false;
  let i = 0;
  while (i < word.length && word[i] === name[i]) i += 1;
  const [rest, other] = [word.slice(i), name.slice(i)];
  if (rest.slice(1) === other || rest === other.slice(1) || rest.slice(1) === other.slice(1)) return true;
  return rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2);
}
