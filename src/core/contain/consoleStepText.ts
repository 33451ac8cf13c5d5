import { utc } from '../model/age.ts';
import { untrusted } from '../untrusted.ts';
import type { ConsoleStep } from './consoleStep.ts';
import type { ConsoleStepState } from './consoleStepRecord.ts';

const console = 'https://console.twilio.com/';

/** Where a step is done in the browser. */
export function consoleAddress({ page = '' }: ConsoleStep): string {
  return `${console}${page}`;
}

/** What to do, where, and how it is confirmed, as Markdown that reads well unrendered. */
export function consoleStepText(states: readonly ConsoleStepState[]): string {
  return `${states.map(stepText).join('\n')}\n`;
}

function stepText(state: ConsoleStepState): string {
  const { step } = state;
  const confirmed =
    step.confirmedBy.length > 0
      ? `Twilio’s audit log tells of it (${step.confirmedBy.join(', ')}): “Look for Confirmation” reads that.`
      : `${step.unconfirmed ?? 'Twilio keeps no record of it:'} only you can say that it was done.`;
  return [
    `# ${step.title}`,
    '',
    step.why,
    '',
    `- Where: ${step.path.join(' → ')}`,
    ...(step.page === undefined ? [] : [`- Page: ${consoleAddress(step)}`]),
    `- State: ${untrusted(stateText(state)).for('markdown')}`,
    '',
    'What to do, and to look at:',
    '',
    ...step.checks.map((check) => `- [ ] ${check}`),
    '',
    confirmed,
    '',
  ].join('\n');
}

/** `open`, `done by your word (2026-11-21 12:00 UTC): …` or `done, confirmed by event AE… of …`. Holds hostile text. */
export function stateText({ state, note, at, confirmation, unproven }: ConsoleStepState): string {
  if (state === 'open') return 'open';
  const told = note === undefined ? '' : `: ${note}`;
  const when = at === undefined ? '' : ` (${utc(at)})`;
  if (unproven) return `unproven: a record that is not sealed here says it was done${when}${told}`;
  if (!confirmation) return `done, as somebody says${when}${told}`;
  return `done, confirmed by event ${confirmation.sid} of ${utc(confirmation.at)}${told}`;
}
