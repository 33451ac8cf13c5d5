/**
 * Words of false urgency and of calls to action, as smishing uses them in the languages it is most often reported in (guide, S2). Plain
 * texts, searched in lower case: no patterns, so a text of any length costs one pass for each.
 */
const urgent: readonly string[] = [
  // English
  'locked',
  'suspended',
  'unusual',
  'unauthorized',
  'will be closed',
  'released today',
  'final notice',
  'last warning',
  'within 24',
  'immediately',
  'urgent',
  'act now',
  'deactivated',
  'on hold',
  'failed delivery',
  'unpaid',
  'overdue',
  'confirm your',
  'verify your',
  'fix it now',
  // German
  'gesperrt',
  'ungewöhnlich',
  'sofort',
  'letzte mahnung',
  'innerhalb von 24',
  'dringend',
  'bestätigen sie',
  'konto wird',
  // Spanish and Portuguese
  'bloqueada',
  'bloqueado',
  'suspendida',
  'suspendido',
  'suspensa',
  'inusual',
  'inmediatamente',
  'imediatamente',
  'urgente',
  'último aviso',
  'verifique su',
  'confirme su',
  'confirme seus',
  // French and Italian
  'bloqué',
  'suspendu',
  'inhabituelle',
  'immédiatement',
  'dernier avis',
  'confirmez',
  'sotto 24',
  'bloccato',
  'sospeso',
  'immediatamente',
  'ultimo avviso',
  'conferma i tuoi',
  // Polish, Turkish, Russian, Indonesian
  'zablokowane',
  'natychmiast',
  'pilne',
  'askıya alındı',
  'hemen',
  'acil',
  'заблокирован',
  'срочно',
  'немедленно',
  'diblokir',
  'segera',
  // Arabic, Hindi, Chinese, Japanese
  'تم إيقاف',
  'عاجل',
  'فوراً',
  'तुरंत',
  'निलंबित',
  '立即',
  '冻结',
  '異常',
  '至急',
  '停止されました',
];

/** The words of false urgency in a text. */
export function urgencyIn(text: string): readonly string[] {
  const lower = text.toLowerCase();
  return urgent.filter((word) => lower.includes(word));
}

/** What asks a recipient to call. */
const calls = [
  'call',
  'ring',
  'phone',
  'anrufen',
  'rufen sie',
  'llame',
  'llama',
  'ligue',
  'appelez',
  'chiami',
  'zadzwoń',
  'arayın',
  'позвоните',
  'hubungi',
  'اتصل',
  'कॉल',
  '致电',
  '電話',
];

const number = /(?<![\d./-])\+?\d[\d ().-]{7,18}\d(?![\d./-])/;

/** Whether a text asks to call a number that stands in it (vishing). */
export function asksToCall(text: string): boolean {
  const head = text.slice(0, 2000).toLowerCase();
  return calls.some((word) => head.includes(word)) && number.test(head);
}

/** What opts a recipient out at Twilio: the whole reply, without marks and case. https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out */
const stops = new Set([
  'stop',
  'stopall',
  'unsubscribe',
  'cancel',
  'end',
  'quit',
  'revoke',
  'optout',
  'arret',
  'arrêt',
  'baja',
  'parar',
  'stopp',
  'alto',
]);

/** Whether an inbound text is a STOP reply, also one with a word of anger before or after it. */
export function isStop(text: string): boolean {
  if (text.length > 40) return false;
  const words = text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
  return words.length > 0 && words.length <= 3 && words.some((word) => stops.has(word));
}
