import { below, pick, type Random } from '../random.ts';
import type { Language } from './countries.ts';
import type { MessageKind } from './profile.ts';

const templates: Readonly<Record<MessageKind, Readonly<Record<Language, readonly string[]>>>> = {
  otp: {
    en: [
      '{code} is your {brand} code. It expires in 10 minutes.',
      '{brand}: your sign-in code is {code}. Do not share it.',
    ],
    de: ['{code} ist Ihr {brand}-Code. Er gilt 10 Minuten.'],
    es: ['{code} es tu código de {brand}. Caduca en 10 minutos.'],
    fr: ['{code} est votre code {brand}. Il expire dans 10 minutes.'],
    pt: ['{code} é o seu código {brand}. Expira em 10 minutos.'],
  },
  notice: {
    en: [
      '{brand}: order {order} has left our warehouse and should arrive on {day}.',
      '{brand}: your order {order} is ready to collect. Bring this message with you.',
    ],
    de: ['{brand}: Ihre Bestellung {order} ist unterwegs und kommt voraussichtlich am {day}.'],
    es: ['{brand}: tu pedido {order} ha salido y llegará el {day}.'],
    fr: ['{brand} : votre commande {order} est en route, livraison prévue le {day}.'],
    pt: ['{brand}: o seu pedido {order} foi enviado e deve chegar em {day}.'],
  },
  reminder: {
    en: ['{brand}: reminder of your appointment on {day} at {time}. Reply C to confirm.'],
    de: ['{brand}: Erinnerung an Ihren Termin am {day} um {time} Uhr.'],
    es: ['{brand}: recuerda tu cita el {day} a las {time}.'],
    fr: ['{brand} : rappel de votre rendez-vous le {day} à {time}.'],
    pt: ['{brand}: lembrete da sua consulta em {day} às {time}.'],
  },
  marketing: {
    en: ['{brand}: this week 20% off all sun care with code SUN{order}. Reply STOP to opt out.'],
    de: ['{brand}: diese Woche 20% auf Sonnenpflege mit Code SUN{order}. Abmelden mit STOP.'],
    es: ['{brand}: esta semana 20% en solares con el código SUN{order}. Responde STOP para no recibir más.'],
    fr: ['{brand} : cette semaine -20% sur les solaires, code SUN{order}. STOP pour ne plus recevoir.'],
    pt: ['{brand}: esta semana 20% em solares com o código SUN{order}. Responda STOP para sair.'],
  },
};

const replies = ['C', 'YES', 'Thanks!', 'ok', 'Can I collect it tomorrow?', 'HELP', 'Who is this?'];

/** A text of this kind, its blanks filled in. */
export function messageBody(kind: MessageKind, language: Language, brand: string, random: Random): string {
  return fill(pick(random, templates[kind][language]), brand, random);
}

const slots: Readonly<Record<string, (random: Random) => string>> = {
  code: (random) => String(below(random, 1_000_000)).padStart(6, '0'),
  order: (random) => String(10_000 + below(random, 90_000)),
  day: (random) => `${1 + below(random, 28)}/${1 + below(random, 12)}`,
  time: (random) => `${8 + below(random, 10)}:${pick(random, ['00', '15', '30', '45'])}`,
  token: (random) => random.uint32().toString(36),
};

/** Templates cut at their slots: text, slot, text, slot, … Millions of rows use the same few. */
const cut = new Map<string, readonly string[]>();

/** Fills `{brand}`, `{code}`, `{order}`, `{day}`, `{time}` and `{token}` of a template. */
export function fill(template: string, brand: string, random: Random): string {
  let parts = cut.get(template);
  if (parts === undefined) {
    parts = template.split(/\{(\w+)\}/);
    cut.set(template, parts);
  }
  let text = '';
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) text += part;
    else text += part === 'brand' ? brand : (slots[part]?.(random) ?? '');
  }
  return text;
}

/** What a customer writes back. */
export function replyBody(random: Random, stopShare = 0.03): string {
  return random.next() < stopShare ? pick(random, ['STOP', 'STOP', 'Stop', 'UNSUBSCRIBE']) : pick(random, replies);
}

/** Printable ASCII and the accented letters of the GSM 03.38 basic set that the templates use. */
const gsm = /^[\n\r\x20-\x5f\x61-\x7eàéèùòÇØøÅåÆæßÉÄÖÑÜäöñü]*$/;

/** Message segments Twilio bills: 160 characters of the GSM alphabet or 70 of UCS-2, 153 or 67 each when there are several. */
export function segmentsOf(body: string): number {
  // So short a text is one segment in either alphabet.
  if (body.length <= 70) return 1;
  const [single, several] = gsm.test(body) ? [160, 153] : [70, 67];
  return body.length <= single ? 1 : Math.ceil(body.length / several);
}
