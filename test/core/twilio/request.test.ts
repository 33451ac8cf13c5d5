import { describe, expect, test } from 'vitest';
import { type AccountSid, shortSid } from '../../../src/core/model/sid.ts';
import { operations } from '../../../src/core/twilio/operations.ts';
import { itemsOf, nextPage } from '../../../src/core/twilio/paging.ts';
import { describe as describeRequest, toHttp } from '../../../src/core/twilio/request.ts';

const account = `AC${'a'.repeat(32)}` as AccountSid;

test('parameters are encoded, names with their operators too, and lists ask for the largest page', () => {
  expect(
    toHttp({ operation: 'listMessages', account, query: { 'DateSent>': '2026-11-21T10:00:00Z', To: '+7958*' } }).path,
  ).toBe(
    `/2010-04-01/Accounts/${account}/Messages.json?DateSent%3E=2026-11-21T10%3A00%3A00Z&To=%2B7958*&PageSize=1000`,
  );
});

test('the line a person confirms holds method, address and every field', () => {
  expect(describeRequest({ operation: 'updateAccountStatus', account, form: { Status: 'suspended' } })).toBe(
    `POST https://api.twilio.com/2010-04-01/Accounts/${account}.json Status=suspended`,
  );
});

describe('changes that must never be made cannot be spelled out', () => {
  test.each([
    ['closing an account', { Status: 'closed' }],
    ['closing it in a list of values', { Status: ['suspended', 'closed'] }],
    ['a field that is not listed', { Status: 'suspended', FriendlyName: 'x' }],
    ['no field at all', {}],
  ])('%s', (_, form) => {
    expect(() => toHttp({ operation: 'updateAccountStatus', account, form })).toThrow('not among the changes');
  });

  test('a change in what is no account', () => {
    for (const other of ['', '../Messages/SM1', 'AC1', `${account}/Messages`])
      expect(() =>
        toHttp({ operation: 'updateAccountStatus', account: other as AccountSid, form: { Status: 'suspended' } }),
      ).toThrow('not among the changes');
  });

  test('a form on a read', () => {
    expect(() => toHttp({ operation: 'listMessages', account, form: { Body: '' } })).toThrow('not among the changes');
  });

  test('every operation that is not a read states its form', () => {
    const writing = Object.values(operations).filter(({ method }) => (method as string) !== 'GET');
    expect(writing.length).toBeGreaterThan(0);
    for (const operation of writing) expect('mutation' in operation).toBe(true);
  });
});

describe('the next page', () => {
  const keys = { operation: 'listKeys', account } as const;
  const messages = { operation: 'listMessages', account } as const;

  test('is followed in both of Twilio’s styles', () => {
    const uri = `/2010-04-01/Accounts/${account}/Messages.json?PageToken=PA1`;
    expect(nextPage(messages, { next_page_uri: uri })).toEqual({ ...messages, continueAt: uri });
    expect(nextPage(keys, { meta: { next_page_url: 'https://iam.twilio.com/v1/Keys?PageToken=2' } })?.continueAt).toBe(
      '/v1/Keys?PageToken=2',
    );
    expect(nextPage(messages, { next_page_uri: null })).toBeUndefined();
    expect(nextPage(keys, { meta: { next_page_url: '' } })).toBeUndefined();
  });

  test.each([
    'https://evil.example/v1/Keys',
    'http://iam.twilio.com/v1/Keys',
    'https://iam.twilio.com@evil.example/v1/Keys',
    '//evil.example/v1/Keys',
    '/v1/Keys/../../evil',
    '/v1/Accounts',
    '/v1/Keys?a=b#c',
    '/v1/Keys?\u0000',
    '\\\\evil.example\\v1\\Keys',
  ])('is refused when it leads elsewhere: %j', (url) => {
    expect(() => nextPage(keys, { meta: { next_page_url: url } })).toThrow('does not belong to it');
  });

  test('is refused when it is the page just read', () => {
    const continueAt = '/v1/Keys?PageToken=2';
    expect(() => nextPage({ ...keys, continueAt }, { meta: { next_page_url: continueAt } })).toThrow(
      'does not belong to it',
    );
  });
});

test('a list reply without its list is an error, not an empty list', () => {
  expect(() => itemsOf({ operation: 'listKeys', account }, {})).toThrow('has no "keys"');
  expect(itemsOf({ operation: 'listKeys', account }, { keys: [] })).toEqual([]);
});

test('a SID is shortened so that accounts can still be told apart', () => {
  expect(shortSid(`AC${'0'.repeat(28)}12ab`)).toBe('AC…12ab');
});
