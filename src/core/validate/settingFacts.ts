import type { CapturedRow } from '../evidence/evidenceStore.ts';
import { instantOf, numberOf, textOf } from '../model/json.ts';
import type { Refs } from './refs.ts';

/** What one UTC day of an account holds of a category of usage. */
export interface DayOfUse {
  /** Start of the day, epoch milliseconds. */
  readonly day: number;
  /** In the category's own unit: messages, begun minutes. */
  readonly amount: number;
  readonly ref: number;
}

/** What was read of an account's settings, and of what its days cost. */
export interface SettingFacts {
  /** By account and category of Twilio's usage records, oldest day first. */
  readonly usage: ReadonlyMap<string, ReadonlyMap<string, readonly DayOfUse[]>>;
  readonly triggers: number;
  /**
   * Of each account whose permissions were read, the countries, ISO 3166-1 alpha-2, that messages can be sent to; and those whose numbers known
   * for toll fraud can be called.
   */
  readonly smsOpen: OpenCountries;
  readonly tollOpen: OpenCountries;
  /** Names of the Verify services: hostile text. */
  readonly verifyServices: readonly string[];
}

/** Countries by account. */
export type OpenCountries = ReadonlyMap<string, ReadonlySet<string>>;

/** Of about 150 categories. https://www.twilio.com/docs/usage/api/usage-record#usage-categories */
const counted: ReadonlySet<string> = new Set(['sms-outbound', 'calls-outbound']);

export function createSettingFacts(refs: Refs) {
  const usage = new Map<string, Map<string, DayOfUse[]>>();
  const smsOpen = new Map<string, Set<string>>();
  const tollOpen = new Map<string, Set<string>>();
  const verifyServices: string[] = [];
  let triggers = 0;

  function use(captured: CapturedRow): void {
    const { row, account } = captured;
    const [category, day, amount] = [textOf(row, 'category'), instantOf(row, 'start_date'), numberOf(row, 'usage')];
    if (category === undefined || !counted.has(category) || day === undefined || amount === undefined) return;
    const own = usage.get(account) ?? new Map<string, DayOfUse[]>();
    usage.set(account, own);
    const days = own.get(category) ?? [];
    own.set(category, days);
    days.push({ day, amount, ref: refs.of(captured) });
  }
  return {
    add(captured: CapturedRow): void {
      const { source, row, account } = captured;
      if (source === 'usage') use(captured);
      else if (source === 'usage-triggers') triggers += 1;
      else if (source === 'verify-services') verifyServices.push(textOf(row, 'friendly_name') ?? '');
      else if (source === 'sms-geo-permissions') {
        tell(smsOpen, account, textOf(row, 'country_code'), row['enabled'] === true);
      } else if (source === 'dialing-permissions')
        tell(tollOpen, account, textOf(row, 'iso_code'), row['high_risk_tollfraud_numbers_enabled'] === true);
    },
    done: (): SettingFacts => {
      for (const own of usage.values()) for (const days of own.values()) days.sort((a, b) => a.day - b.day);
      return { usage, triggers, smsOpen, tollOpen, verifyServices };
    },
  };
}

function tell(of: Map<string, Set<string>>, account: string, country: string | undefined, isOpen: boolean): void {
  const own = of.get(account) ?? new Set<string>();
  of.set(account, own);
  if (isOpen && country !== undefined) own.add(country);
}
