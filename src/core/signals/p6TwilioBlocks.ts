import { blocksOf } from '../validate/blocks.ts';
import { clean, count, hit, say, unread } from '../validate/results.ts';
import { protectionCheck } from '../validate/settingChecks.ts';
import type { Signal } from '../validate/signal.ts';

const p6: Signal = {
  id: 'P6',
  title: 'Blocks by Fraud Guard or SMS Pumping Protection',
  type: 'sms-pumping',
  needs: ['messages', 'alerts', 'attempts'],
  evaluate(facts) {
    const missing = unread(facts, ['messages', 'alerts', 'attempts']);
    if (missing) return missing;
    const check = protectionCheck(facts);
    const blocks = blocksOf(facts);
    if (blocks.length === 0)
      return clean(say`No message or attempt was blocked with 30450, 30453 or 60410.`, { check });
    const all = blocks.reduce((sum, each) => sum + each.count, 0);
    const { warning, critical } = facts.thresholds.pumping.blocks;
    const severity = all >= critical ? 'critical' : all >= warning ? 'warning' : 'notice';
    const codes = blocks.map((each) => `${each.code}: ${count(each.count)}`).join(', ');
    return hit(severity, say`Twilio blocked ${count(all)} messages or attempts as pumping (${codes}).`, {
      evidence: blocks.flatMap(({ evidence }) => evidence.slice(0, 4)),
      first: Math.min(...blocks.map(({ first }) => first)),
      last: Math.max(...blocks.map(({ last }) => last)),
    });
  },
};
export default p6;
