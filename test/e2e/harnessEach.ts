import { afterAll, afterEach } from 'vitest';
import { closeAll, screenshotAll } from './harness.ts';

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await screenshotAll(`failed-${task.name}`);
});
afterAll(closeAll);
