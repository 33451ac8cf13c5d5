import { isSign } from '../validate/checked.ts';
import type { IncidentFacts } from './facts.ts';
import { phaseRow } from './phaseRow.ts';
import type { IncidentRow } from './row.ts';

const packet = 'support-packet.md';

/** The second phase: Twilio Support. Nothing waits for it. */
export function engageSection({ documents, contacts, validation, readOnly }: IncidentFacts): readonly IncidentRow[] {
  const written = documents.includes(packet);
  const asked = validation?.verdicts.some(isSign) ?? false;
  const said =
    contacts === 0
      ? 'no Support contact logged'
      : contacts === 1
        ? '1 Support contact'
        : `${contacts} Support contacts`;
  const steps: readonly IncidentRow[] = [
    written
      ? {
          id: 'engage/packet',
          label: 'Support packet',
          description: 'written',
          icon: 'pass',
          tone: 'good',
          abilities: ['openIncidentFile'],
          file: packet,
        }
      : {
          id: 'engage/packet',
          label: 'Create Support Packet',
          description: 'what Twilio Support asks for',
          icon: 'circle-large-outline',
          ...(readOnly === undefined && { runs: 'createSupportPacket' }),
        },
    {
      id: 'engage/contact',
      label: 'Log Support Contact…',
      description: said,
      ...(contacts > 0 ? { icon: 'pass', tone: 'good' } : { icon: 'circle-large-outline' }),
      ...(readOnly === undefined && { runs: 'logSupportContact' }),
    },
  ];
  return [
    phaseRow({
      id: 'engage',
      label: 'Engage',
      description: written ? `packet written · ${said}` : said,
      state: contacts > 0 ? 'done' : asked ? 'open' : 'idle',
      sentences: [
        'From the account it happened in, and within 24 hours when Twilio has suspended it. Containing does not wait for Support.',
      ],
      children: steps,
    }),
  ];
}
