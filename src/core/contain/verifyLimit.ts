import { type JsonObject, textOf } from '../model/json.ts';
import type { NewVerifyLimitTarget } from './target.ts';

/** The rate limit of a Verify service that has this name. https://www.twilio.com/docs/verify/api/service-rate-limits */
export function limitNamed(name: string, limits: readonly JsonObject[] | undefined): string | undefined {
  const found = limits?.find((limit) => textOf(limit, 'unique_name') === name);
  return found && textOf(found, 'sid');
}

/** The state's field for what a limit allows. */
export const bucketField = 'Bucket';

/** `5 in 600 s and 20 in 3600 s`; `none` without a bucket. */
export function bucketsText(buckets: readonly JsonObject[] | undefined): string {
  const texts = buckets?.map((bucket) => bucketText(textOf(bucket, 'max') ?? '?', textOf(bucket, 'interval') ?? '?'));
  return texts?.join(' and ') || 'none';
}

/** `5 in 600 s`. */
export function bucketText(max: string, interval: string): string {
  return `${max} in ${interval} s`;
}

/**
 * What the application has to send with each verification, as Markdown: Twilio counts for a limit only what names it. What is counted
 * is the value, so it must tell end users apart and hold nothing personal.
 */
export function limitInstructions({ name, service, max, interval }: NewVerifyLimitTarget): string {
  return `# The rate limit works only when the application names it

Verify counts a verification for the limit only when the request that starts it carries \`RateLimits\`. What is not counted is not
limited. \`clientKey\` is whatever tells the end users apart, such as a hash of their IP address; it must hold nothing personal.
After ${max} in ${interval} seconds for one value, Twilio refuses more with HTTP 429.

Node.js:

\`\`\`js
await client.verify.v2.services('${service}').verifications.create({
  to,
  channel: 'sms',
  rateLimits: { '${name}': clientKey },
});
\`\`\`

Python:

\`\`\`python
client.verify.v2.services("${service}").verifications.create(
    to=to, channel="sms", rate_limits={"${name}": client_key}
)
\`\`\`

Any other:

\`\`\`sh
curl -X POST https://verify.twilio.com/v2/Services/${service}/Verifications \\
  -u "$TWILIO_API_KEY:$TWILIO_API_SECRET" \\
  --data-urlencode "To=$TO" --data-urlencode "Channel=sms" \\
  --data-urlencode "RateLimits={\\"${name}\\":\\"$CLIENT_KEY\\"}"
\`\`\`
`;
}
