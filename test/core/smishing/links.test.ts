import { describe, expect, it } from 'vitest';
import { linksOf } from '../../../src/core/smishing/links.ts';
import { asksToCall, isStop, urgencyIn } from '../../../src/core/smishing/wording.ts';
import { cpuTime } from '../cpuTime.ts';

const only = (text: string, own: readonly string[] = []) => linksOf(text, new Set(own))[0];

describe('links in a message', () => {
  it.each([
    ['https://twillio-support.com/v/1', 'look-alike', 'twilio'],
    ['http://paypa1.com/x', 'look-alike', 'paypal'],
    ['https://usps-delivery.com/t', 'look-alike', 'usps'],
    ['https://paypal.com.evil.example/x', 'look-alike', 'paypal'],
    ['https://amazno.com/x', 'look-alike', 'amazon'],
  ])('%s is a look-alike of a known name', (text, trait, resembles) => {
    expect(only(text)).toMatchObject({ traits: [trait], resembles });
  });

  it.each(['https://www.twilio.com/login', 'https://contoso.example/a', 'https://apply.com/x', 'https://phase.com/x'])(
    '%s is none',
    (text) => {
      expect(only(text)?.traits).toEqual([]);
    },
  );

  it('can imitate the account itself, whose own hosts do not', () => {
    expect(only('https://c0ntoso.com/x', ['contoso'])).toMatchObject({ resembles: 'contoso' });
    expect(only('https://sms.contoso.com/x', ['contoso'])?.traits).toEqual([]);
  });

  it('are told when they are short, punycode, of two scripts or an address of digits', () => {
    expect(only('Pay: bit.ly/3abc')?.traits).toEqual(['shortener']);
    expect(only('https://xn--pypal-4ve.com/')?.traits).toContain('punycode');
    expect(only('https://pаypal.com/')?.traits).toContain('mixed script');
    expect(only('http://203.0.113.9/login')?.traits).toEqual(['address of digits']);
  });

  it('are not seen in a missing space after a full stop, nor in a mail address', () => {
    expect(linksOf('Your order has left.Thank you. Mail help@contoso.example')).toEqual([]);
  });

  it('take no time that grows with more than the length', () => {
    const read = (length: number) => () => {
      for (const unit of ['a.', 'http://', '-', 'call 1 ', '1 ']) {
        const text = unit.repeat(length);
        linksOf(text);
        asksToCall(text);
        urgencyIn(text);
      }
    };
    read(1000)();
    // Ten times as long: what grew with the square of the length would take a hundred times as long.
    expect(cpuTime(read(30_000)) / cpuTime(read(3000), 9)).toBeLessThan(35);
  });
});

describe('words of smishing', () => {
  it('are known in several languages', () => {
    for (const text of [
      'Your account is LOCKED',
      'Ihr Konto wurde gesperrt',
      'Su cuenta fue suspendida',
      'Votre compte est bloqué',
      'Ваш счёт заблокирован',
      '您的账户已冻结',
    ])
      expect(`${text}: ${urgencyIn(text).length > 0}`).toBe(`${text}: true`);
    expect(urgencyIn('Your order has left our warehouse')).toEqual([]);
  });

  it('ask to call a number only when one is there', () => {
    expect(asksToCall('Call +1 (202) 555-0143 now')).toBe(true);
    expect(asksToCall('Call us any time')).toBe(false);
  });

  it('opt out with STOP in any case, with marks or anger, but not within a sentence', () => {
    for (const text of ['STOP', 'stop.', 'SCAM STOP', 'Unsubscribe', 'STOP!!'])
      expect(`${text} ${isStop(text)}`).toBe(`${text} true`);
    for (const text of ['Where is the bus stop near you?', 'ok', 'stopping by later'])
      expect(`${text} ${isStop(text)}`).toBe(`${text} false`);
  });
});
