import { Cancelled, UserError } from '../../errors.ts';
import type { Page } from '../../ports.ts';
import type { TwilioRequest } from '../../twilio/request.ts';
import { type DailyVolume, volumeOf, volumeRequest } from './dailyVolume.ts';
import type { Job } from './job.ts';
import { reachable } from './missing.ts';
import type { CollectOptions } from './options.ts';

/**
 * Asks once for each job how many rows its days have. The answer helps to divide the work and nothing else, so that it cannot be had is no
 * failure: `undefined` then. Whatever nobody expects is thrown on.
 */
export function createVolumes(
  read: (job: Job, request: TwilioRequest) => Promise<Page>,
  { window, now }: CollectOptions,
): (job: Job) => Promise<DailyVolume | undefined> {
  const asked = new Map<Job, Promise<DailyVolume | undefined>>();
  const ask = async (job: Job) => {
    const request = volumeRequest(job.source, job.account, reachable(job.source, window, now));
    if (!request) return undefined;
    try {
      return volumeOf((await read(job, request)).items);
    } catch (error) {
      if (error instanceof UserError || error instanceof Cancelled) return undefined;
      throw error;
    }
  };
  return (job) => {
    const volume = asked.get(job) ?? ask(job);
    asked.set(job, volume);
    return volume;
  };
}
