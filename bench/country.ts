import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { countryOf } from '../src/core/traffic/country.ts';
import { numbersOfAllKinds } from '../test/core/traffic/mobileNumbers.ts';

// How much faster the country of a number is looked up than libphonenumber-js/max parses it, on valid numbers of all regions and kinds, and where the two
// disagree. Both are warmed up; the best of several runs counts, since whatever else runs can only add.
const wanted = 100_000;
const receivesSms = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE']);

const valid: string[] = [];
const mismatches: string[] = [];
let smsDisagreements = 0;
for (const number of numbersOfAllKinds(2 * wanted)) {
  if (valid.length === wanted) break;
  const parsed = parsePhoneNumberFromString(number);
  if (!parsed?.isValid()) continue;
  valid.push(number);
  // It gives no country for networks above countries; here they are one of their own.
  const theirs = parsed.country ?? '001';
  const ours = countryOf(number);
  if (ours === theirs) continue;
  const kind = parsed.getType() ?? 'unknown kind';
  if (receivesSms.has(kind)) smsDisagreements++;
  mismatches.push(`${number} (${kind}): ${ours}, libphonenumber says ${theirs}`);
}

const ours = best(10, (number) => countryOf(number));
const theirs = best(3, (number) => parsePhoneNumberFromString(number)?.country);
for (const line of mismatches.slice(0, 20)) console.log(line);
if (mismatches.length > 20) console.log(`and ${mismatches.length - 20} more`);
console.log(`${(1000 * ours).toFixed(1)} ms here, ${(1000 * theirs).toFixed(0)} ms in libphonenumber-js/max`);
const result = {
  numbers: valid.length,
  speedup: Math.round(theirs / ours),
  disagreements: mismatches.length,
  sms_disagreements: smsDisagreements,
};
console.log(`RESULT ${JSON.stringify(result)}`);

/** Seconds the fastest of `runs` runs over all numbers took. */
function best(runs: number, lookUp: (number: string) => string | undefined): number {
  let fastest = Number.POSITIVE_INFINITY;
  let found = 0;
  for (let run = 0; run < runs; run++) {
    const begin = performance.now();
    for (const number of valid) if (lookUp(number) !== undefined) found++;
    fastest = Math.min(fastest, (performance.now() - begin) / 1000);
  }
  if (found === 0) throw new Error('No number was looked up.');
  return fastest;
}
