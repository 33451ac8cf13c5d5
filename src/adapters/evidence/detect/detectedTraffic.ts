import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OpenIncident } from '../../../core/evidence/incidentStore.ts';
import { accountSid, shortSid } from '../../../core/model/sid.ts';
import type { OtherChannel } from '../../../core/traffic/channel.ts';
import type { ImportedTraffic } from '../../../core/traffic/logImport.ts';
import type { AccountTraffic, TrafficReport } from '../../../core/traffic/report.ts';
import { addMessage, type TrafficTable } from '../../../core/traffic/table.ts';
import { type IncidentIndexParts, type IncidentTrafficOptions, incidentTraffic } from '../incidentIndex.ts';
import type { OtherMessage } from './detectCaptures.ts';
import { type DetectIncidentParts, detectIncident } from './detectIncident.ts';

/** The traffic of an incident with what the detector says of it, and its calls and Verify attempts beside it. Fails as `incidentTraffic` does. */
export async function detectedTraffic(
  incident: OpenIncident,
  parts: IncidentIndexParts & DetectIncidentParts,
  options: IncidentTrafficOptions = {},
): Promise<ImportedTraffic> {
  const traffic = await incidentTraffic(incident, parts, options);
  const { report } = traffic;
  options.onCounted?.(traffic);
  const { detected, others } = await detectIncident(incident, report.window, parts, options.cancel);
  const found: { [Name in OtherChannel]?: TrafficReport } = {};
  for (const channel of ['voice', 'verify'] as const) {
    const rows = others[channel];
    if (!rows) continue;
    const known = detected[channel];
    found[channel] = {
      channel,
      window: report.window,
      accounts: await accountsOf(rows, report, incident),
      ...(report.prices && { prices: report.prices }),
      ...(known && { detected: known }),
      gaps: [],
    };
  }
  return { ...traffic, report: { ...report, ...(detected.sms && { detected: detected.sms }), others: found } };
}

/** Rows counted without a pause: some milliseconds. */
const slice = 5000;

async function accountsOf(
  rows: readonly OtherMessage[],
  { window }: TrafficReport,
  { incident }: OpenIncident,
): Promise<readonly AccountTraffic[]> {
  const names = new Map<string, string>((incident?.accounts ?? []).map(({ sid, name }) => [sid, name]));
  const counted = new Map<string, { readonly table: TrafficTable; messages: number }>();
  for (const [at, { account, message }] of rows.entries()) {
    const own = counted.get(account) ?? { table: new Map(), messages: 0 };
    counted.set(account, own);
    if (addMessage(own.table, window, message)) own.messages++;
    if (at % slice === slice - 1) await nextTurn();
  }
  return [...counted].flatMap(([sid, own]): readonly AccountTraffic[] => {
    const account = accountSid(sid);
    return account ? [{ account, name: names.get(sid) ?? shortSid(account), ...own }] : [];
  });
}
