import { notVisible, say } from '../validate/results.ts';
import type { Signal } from '../validate/signal.ts';

const p4: Signal = {
  id: 'P4',
  title: 'Many form requests from one IP address or small range',
  type: 'sms-pumping',
  needs: [],
  evaluate: () =>
    notVisible(say`Twilio does not see who filled in your form. Your application's logs do.`, {
      where: 'Your application’s or web server’s logs',
      what: 'Count requests to the form that sends messages by IP address and by /24 network, for the hours of the rise.',
    }),
};
export default p4;
