import { describe, expect, it } from 'vitest';
import { panelCsv } from '../../../src/core/traffic/panelCsv.ts';
import { rememberedOf } from '../../../src/core/traffic/panelMemory.ts';
import { isPicture, isPng } from '../../../src/core/traffic/pictureCheck.ts';
import { attackState, row } from '../../webview/states.ts';

describe('the table as CSV', () => {
  it('has a line of names and one per country, with exact numbers and UTC times', () => {
    const [head, russia, latvia, end] = panelCsv(attackState(0)).split('\r\n');
    expect(head?.split(',')).toHaveLength(17);
    expect(russia).toBe(
      '"RU","Russia","never-seen",2026-11-20T10:00:00.000Z,2026-11-21T10:00:00.000Z,5120,0,5120,1946,2800,1433.6,"USD","",no,120,5120,sms',
    );
    expect(latvia?.startsWith('"LV","Latvia","surging",')).toBe(true);
    expect(end).toBe('');
  });

  it('holds no formula and keeps every currency', () => {
    const cost = [
      { currency: 'USD', amount: 3.3000000000000003 },
      { currency: 'EUR', amount: 1 },
    ];
    const { span } = attackState(0);
    const rows = [row({ name: '=HYPERLINK("x")', cost, costEstimated: true })];
    const csv = panelCsv({ rows, span, channel: 'voice' });
    expect(csv).not.toMatch(/(^|,)"?[=+@\t]/m);
    expect(csv).toContain('3.3,"USD","1 EUR",yes');
  });
});

describe('a picture from the page', () => {
  const open = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">';
  it('is taken when it only draws', () => {
    expect(
      isPicture(`${open}<style>.a{fill:url(#b)}</style><text>url(https://x) onload=1 @import</text></svg>\n`),
    ).toBe(true);
  });

  it.each([
    '<script>1</script>',
    '<image width="1"/>',
    '<rect onload="1"/>',
    '<rect style="fill:red"/>',
    '<text href="https://x">a</text>',
    '<g xlink:href="x"></g>',
    '<rect fill="url(https://x)"/>',
    '<style>@import "x"</style>',
    '<style>.a{fill:url(https://x)}</style>',
    '<foreignObject></foreignObject>',
    '<!DOCTYPE x>',
    '<?xml-stylesheet href="x"?>',
    '<a>x</a>',
    '<animate/>',
  ])('is refused with %s', (inside) => {
    expect(isPicture(`${open}${inside}</svg>\n`)).toBe(false);
  });

  it('is refused when it is another kind of file', () => {
    expect(isPicture('<html></html>')).toBe(false);
    expect(isPicture(`${open}`)).toBe(false);
    expect(isPng('iVBORw0KGgoAAAA=')).toBe(true);
    expect(isPng('R0lGODlh')).toBe(false);
    expect(isPng('iVBORw0KGgo<script>')).toBe(false);
  });
});

describe('what the page remembers', () => {
  it('is read back, and anything else is nothing', () => {
    const kept = {
      asTable: true,
      account: `AC${'1'.repeat(32)}`,
      country: 'RU',
      channel: 'voice',
      span: { from: 0, to: 3_600_000 },
    };
    expect(rememberedOf({ ...kept, span: 'week' })).toEqual({ ...kept, span: 'week' });
    expect(rememberedOf(kept)).toEqual(kept);
    for (const wrong of [
      undefined,
      null,
      'table',
      { ...kept, extra: 1 },
      { ...kept, country: 'Russia' },
      { ...kept, span: 'year' },
      { ...kept, channel: 'fax' },
    ])
      expect(rememberedOf(wrong)).toEqual({
        asTable: false,
        account: null,
        country: null,
        channel: 'sms',
        span: 'day',
      });
  });
});
