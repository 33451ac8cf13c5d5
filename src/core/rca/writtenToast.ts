import { type Inert, phrase } from '../untrusted.ts';

/** Says that a file was written. Our own file names are said as they are; a name a person chose is not: made inert it would be hard to read. */
export function writtenToast(name: string, hint = ''): Inert<'toast'> {
  switch (name) {
    case 'RCA.html':
      return phrase('toast')`RCA.html written.${hint}`;
    case 'RCA.md':
      return phrase('toast')`RCA.md written.${hint}`;
    case 'support-packet.md':
      return phrase('toast')`support-packet.md written.${hint}`;
    default:
      return phrase('toast')`The file was written.${hint}`;
  }
}
