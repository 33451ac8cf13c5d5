import { UserError } from '../../core/errors.ts';
import type { Mode } from '../../core/model/connection.ts';
import { isMutation, type TwilioRequest } from '../../core/twilio/request.ts';

/** Throws `UserError('read-only')` for a change outside containment mode. Anything but `containment` counts as read-only. */
export function refuseChanges(request: TwilioRequest, mode: Mode): void {
  if (isMutation(request) && mode !== 'containment')
    throw new UserError(
      'read-only',
      `This window is in read-only mode, so ${request.operation} was refused and nothing was sent. Switch to containment mode to make changes.`,
    );
}
