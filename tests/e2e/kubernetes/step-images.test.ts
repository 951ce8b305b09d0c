import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServedProject } from '@danube/test-support/served-project.js';
import { testRuntime } from '@danube/test-support/test-runtime.js';

const file = `
import os
from danube import step

step.run("echo from the worker >note; id -u >>note", name="worker", check=True)
step.run("cat note; echo from the other >>note; echo $MINE", name="other", image=os.environ["IMAGE"],
         env={"MINE": "mine"}, check=True)
step.run("cat note", name="again", check=True)
`;
const odd = `
import os
from danube import step
result = step.run("echo never", name="odd", image=os.environ["IMAGE"], check=False)
print("ok is", result.ok)
`;

let served: ServedProject;
beforeAll(async () => {
  const settings = { kubernetes: { image_pull_timeout: '3s' } };
  served = await ServedProject.start({ images: { file }, odd: { file: odd } }, { settings });
});
afterAll(() => served.stop());

const images = async () => {
  const { cluster } = await testRuntime();
  if (cluster === undefined) throw new Error('there is no cluster');
  return cluster;
};

test('a step with an image of its own works in the same workspace, with its own variables', async () => {
  const { stepImage } = await images();
  const job = await served.run('images', { IMAGE: stepImage });
  expect(job.status).toBe('success');
  const note = (await served.output(job.id, 'other')).toString();
  expect(note).toMatch(/^from the worker\n\d+\nmine\n$/);
  expect((await served.output(job.id, 'again')).toString()).toBe(note.replace('mine', 'from the other'));
});

test('a step whose image does not exist, or has no shell, ends in words, and the pipeline may go on', async () => {
  const { stepImage, emptyImage } = await images();
  for (const [image, reason] of [
    [`${stepImage}-that-does-not-exist`, /cannot be pulled.*; given up after 3s/],
    [emptyImage, /has no \/bin\/sh/],
  ] as const) {
    const job = await served.run('odd', { IMAGE: image });
    expect(job).toMatchObject({ status: 'success', steps: [{ name: 'odd', status: 'failure' }] });
    expect(job.steps[0]?.reason).toMatch(reason);
    expect(job.steps[0]?.reason).toContain(image);
    expect((await served.output(job.id, 'coordinator')).toString()).toBe('ok is False\n');
  }
});
