import { expect, test } from 'vitest';
import { withoutCodes } from '../../../src/core/evidence/captureRow.ts';

test('the codes of a message are masked wherever an alert quotes it, and its numbers stay', () => {
  const said = 'Body=Your+code+is+482910&From=%2B14155550100';
  const { row, masked } = withoutCodes('alerts', {
    alert_text: `sourceComponent=14100&ErrorCode=11200&${said}`,
    request_variables: said,
    request_url: `https://example.com/sms?id=482911&${said}#482912`,
    response_body: '<Response>Your code is 482910</Response>',
    resource_sid: 'SM482910',
  });
  expect(JSON.stringify(row).match(/482910/g)).toEqual(['482910']);
  expect(row).toMatchObject({ resource_sid: 'SM482910', request_url: expect.stringContaining('?id=482911&') });
  expect(JSON.stringify(row).match(/%2B14155550100/g)).toHaveLength(3);
  expect(masked).toBe(4);
});

test('an address without a message stays as it is, and so does a body of which somebody made no text', () => {
  const plain = { request_url: 'https://example.com/482910?code', alert_text: 'Msg&Body', response_body: 5 };
  expect(withoutCodes('alerts', plain)).toEqual({ row: plain, masked: 0 });
  expect(withoutCodes('calls', { body: 'Your code is 482910' }).masked).toBe(0);
});
