import type { JsonObject } from '../../../core/model/json.ts';
import type { SimAlert } from '../../world.ts';
import { notFound, ok } from '../answer.ts';
import { iso, windowByNames } from '../dates.ts';
import { errorText } from '../errorText.ts';
import { liveTraffic } from '../liveTraffic.ts';
import { listWithMeta } from '../paging.ts';
import type { Call, Route } from '../route.ts';

const common = { spec: 'monitor_v1', host: 'monitor.twilio.com', method: 'GET' } as const;
const retention = 30 * 86_400_000;
/** Twilio gives no more than this for one query; the rest is reached by smaller windows. */
const mostAlerts = 10_000;

/** The debugger's alerts. https://www.twilio.com/docs/usage/monitor-alert */
export const alertRoutes: readonly Route[] = [
  {
    ...common,
    operationId: 'ListAlert',
    path: '/v1/Alerts',
    permission: '/twilio/monitor/alerts/list',
    handle: (call) =>
      listWithMeta(
        call,
        'alerts',
        (to) => matching(call, to),
        (alert) => shape(call, alert),
        { cap: mostAlerts },
      ),
  },
  {
    ...common,
    operationId: 'FetchAlert',
    path: '/v1/Alerts/{Sid}',
    permission: '/twilio/monitor/alerts/read',
    handle(call) {
      const { account, path, now } = call;
      const alert = liveTraffic(call, account.alerts).find(path['Sid'] ?? '');
      if (!alert || alert.at < now - retention) throw notFound(`/Alerts/${path['Sid']}`);
      const details = { request_variables: '', request_headers: null, response_headers: null, response_body: null };
      return ok({ ...shape(call, alert), ...details });
    },
  },
];

function* matching(call: Call, before: number): Iterable<SimAlert> {
  const { query, account, now } = call;
  const { from, to } = windowByNames(query, ['StartDate', 'EndDate'], now, retention);
  const level = query.get('LogLevel');
  for (const alert of liveTraffic(call, account.alerts).newestFirst(from, Math.min(to, before)))
    if (level === null || alert.logLevel === level) yield alert;
}

function shape({ account }: Call, alert: SimAlert): JsonObject {
  return {
    sid: alert.sid,
    account_sid: account.sid,
    alert_text: alert.text || errorText(alert.errorCode),
    error_code: String(alert.errorCode),
    log_level: alert.logLevel,
    more_info: `https://www.twilio.com/docs/errors/${alert.errorCode}`,
    resource_sid: alert.resourceSid,
    service_sid: null,
    request_method: null,
    request_url: '',
    date_created: iso(alert.at),
    date_generated: iso(alert.at),
    date_updated: iso(alert.at),
    api_version: '2010-04-01',
    url: `https://monitor.twilio.com/v1/Alerts/${alert.sid}`,
  };
}
