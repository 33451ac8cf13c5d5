import { UserError } from '../../core/errors.ts';
import { Unusable } from './openFile.ts';

/** What a person reads when evidence could not be kept. A fault of ours is passed on as it is: it must not be explained away. */
export function evidenceFailure(reason: unknown, what: string, then: string): unknown {
  if (reason instanceof UserError) return reason;
  const why = whyOf(reason);
  return why === undefined ? reason : new UserError('not-allowed', `${what} (${why}). ${then}`);
}

/** The end of a sentence for what a disk or a folder refuses; `undefined` for anything else. */
export function whyOf(reason: unknown): string | undefined {
  if (reason instanceof Unusable) return reason.message;
  return reason instanceof Error && 'code' in reason ? String(reason.code) : undefined;
}
