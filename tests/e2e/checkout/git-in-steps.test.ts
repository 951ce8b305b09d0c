import { ServedProject } from '@danube/test-support/served-project.js';
import { afterAll, beforeAll, expect, test } from 'vitest';

const file = `
from danube import ctx, step

step.run("git status --porcelain && git fsck --strict && git show --stat HEAD", name="look")
step.run(f'test "$(git rev-parse HEAD)" = {ctx.commit_sha}', name="same")
`;

let served: ServedProject;
beforeAll(async () => {
  served = await ServedProject.start({ git: { file } });
});
afterAll(() => served.stop());

test('git works in the steps of a job, however the job is kept from the rest of the machine', async () => {
  const job = await served.run('git');
  expect([job.status, job.steps.map(({ status }) => status)]).toEqual(['success', ['success', 'success']]);
});
