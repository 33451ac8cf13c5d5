import type { Job } from './job.ts';
import type { CollectOptions, CollectProgress } from './options.ts';

/** Adds up how far the jobs are. Each change costs the same however many jobs there are. */
export function createTally(jobs: readonly Job[], { onProgress, sources }: CollectOptions) {
  const known = new Map<Job, { pages: number; done: number; ended: boolean }>();
  const ends = new Map(sources.map(({ id }) => [id, { done: 0, of: 0 }]));
  let [rows, requests, pages, done] = [0, 0, 0, 0];
  for (const job of jobs) {
    const of = ends.get(job.source.id);
    if (of) of.of += 1;
    note(job);
  }

  function note(job: Job): void {
    const before = known.get(job) ?? { pages: 0, done: 0, ended: false };
    const now = { pages: job.pages, done: job.pages * job.share, ended: job.done };
    known.set(job, now);
    pages += now.pages - before.pages;
    done += now.done - before.done;
    const of = ends.get(job.source.id);
    if (of && now.ended && !before.ended) of.done += 1;
  }

  function tell(): void {
    const left = pages === 0 ? 0 : Math.min(1, Math.max(0, 1 - done / pages));
    const progress: CollectProgress = {
      rows,
      requests,
      sources: [...ends].map(([source, of]) => ({ source, ...of })),
      left,
    };
    onProgress?.(progress);
  }

  return {
    get rows() {
      return rows;
    },
    get requests() {
      return requests;
    },
    onRows(more: number) {
      rows += more;
    },
    onRequest() {
      requests += 1;
      tell();
    },
    onJob(job: Job) {
      note(job);
      tell();
    },
    tell,
  };
}
