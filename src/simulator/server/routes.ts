import { accountRoutes } from './products/accounts.ts';
import { alertRoutes } from './products/alerts.ts';
import { applicationRoutes } from './products/applications.ts';
import { authTokenRoutes } from './products/authTokens.ts';
import { balanceRoutes } from './products/balance.ts';
import { bulkExportRoutes } from './products/bulkExports.ts';
import { callRoutes } from './products/calls.ts';
import { dialingPermissionRoutes } from './products/dialingPermissions.ts';
import { eventRoutes } from './products/events.ts';
import { iamKeyRoutes } from './products/iamKeys.ts';
import { keyRoutes } from './products/keys.ts';
import { lookupRoutes } from './products/lookups.ts';
import { messageRoutes } from './products/messages.ts';
import { messagingServiceRoutes } from './products/messagingServices.ts';
import { phoneNumberRoutes } from './products/phoneNumbers.ts';
import { pricingRoutes } from './products/pricing.ts';
import { safeListRoutes } from './products/safeList.ts';
import { sinkRoutes } from './products/sinks.ts';
import { sipCredentialRoutes } from './products/sipCredentials.ts';
import { smsGeoPermissionRoutes } from './products/smsGeoPermissions.ts';
import { usageRecordRoutes } from './products/usageRecords.ts';
import { usageTriggerRoutes } from './products/usageTriggers.ts';
import { verifyAttemptRoutes } from './products/verifyAttempts.ts';
import { rateLimitRoutes } from './products/verifyRateLimits.ts';
import { verifyServiceRoutes } from './products/verifyServices.ts';
import type { Route } from './route.ts';

/** Every operation the simulator serves. */
export const routes: readonly Route[] = [
  ...accountRoutes,
  ...keyRoutes,
  ...phoneNumberRoutes,
  ...applicationRoutes,
  ...messageRoutes,
  ...callRoutes,
  ...usageRecordRoutes,
  ...usageTriggerRoutes,
  ...balanceRoutes,
  ...iamKeyRoutes,
  ...messagingServiceRoutes,
  ...verifyServiceRoutes,
  ...rateLimitRoutes,
  ...sipCredentialRoutes,
  ...sinkRoutes,
  ...verifyAttemptRoutes,
  ...eventRoutes,
  ...alertRoutes,
  ...smsGeoPermissionRoutes,
  ...authTokenRoutes,
  ...safeListRoutes,
  ...dialingPermissionRoutes,
  ...pricingRoutes,
  ...lookupRoutes,
  ...bulkExportRoutes,
];
