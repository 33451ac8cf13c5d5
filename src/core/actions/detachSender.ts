import type { Action } from '../contain/action.ts';
import { serviceSender } from '../contain/serviceSender.ts';
import type { ServiceSenderTarget } from '../contain/target.ts';

/** https://www.twilio.com/docs/messaging/api/phonenumber-resource */
const detachSender: Action<ServiceSenderTarget> = {
  ...serviceSender,
  id: 'detachSender',
  title: 'Take Number Out of Messaging Service…',
  icon: 'debug-disconnect',
  reversibility: 'reversible',
  undo: { actionId: 'attachSender' },
  requests: ({ account, service, number }) => [
    { operation: 'detachServiceSender', account, path: { ServiceSid: service, Sid: number } },
  ],
  wanted: () => ({ 'In the sender pool': 'no' }),
  blastRadius: ({ pool }, { name, number }) => {
    const others = pool?.filter(({ sid }) => sid !== number).length;
    return [
      { name: 'Stops', value: `the service sending from ${name}; the number itself stays as it is` },
      {
        name: 'Other senders of the service',
        value:
          others === undefined
            ? 'unknown: they could not be read'
            : others === 0
              ? 'none: the service can send nothing from a number of its own any more'
              : `${others}, which go on and take over its traffic`,
      },
      { name: 'Not stopped', value: 'messages that name the number as sender themselves' },
    ];
  },
};
export default detachSender;
