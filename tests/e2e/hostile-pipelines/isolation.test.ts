import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { modeProblem } from '@danube/test-support/isolation-modes.js';
import { ServedProject } from '@danube/test-support/served-project.js';
import { onKubernetes } from '@danube/test-support/test-runtime.js';

const problem = onKubernetes ? 'these jobs run in pods' : modeProblem('bubblewrap');

/** Prints what it got hold of, first by the pipeline file itself, then in a step. */
const curious = `
import glob, os, signal
from danube import step

data = os.path.dirname(os.path.dirname(os.path.dirname(os.environ["DANUBE_WORKSPACE"])))
for path in [data + "/danube.db", *glob.glob(data + "/keys/*"), f"/proc/{os.environ['MASTER']}/environ"]:
    try:
        print("got", path, len(open(path, "rb").read()))
    except OSError as error:
        print("refused", error)
try:
    os.kill(int(os.environ["MASTER"]), signal.SIGKILL)
    print("got the master")
except OSError as error:
    print("refused", error)
print("jobs", os.listdir(data + "/jobs"))
step.run(f"cat {data}/danube.db {data}/jobs/*/coordinator/connection.json && echo got; true", name="step", check=True)
`;

/** Leaves a daemon without any mark, and goes on. */
const endless = `
from danube import step
step.run("ln -s /bin/sleep $MARK; env -i setsid ./$MARK 1000 & echo up; exec sleep 1000", name="endless")
`;

describe.skipIf(problem !== undefined)(`hostile pipelines under bubblewrap (${problem ?? 'it works here'})`, () => {
  let served: ServedProject;
  beforeAll(async () => {
    served = await ServedProject.start(
      { curious: { file: curious }, endless: { file: endless } },
      { isolation: 'bubblewrap' },
    );
  });
  afterEach(() => served.expectServing());
  afterAll(() => served.stop());

  test('get hold of nothing of the server', async () => {
    const job = await served.run('curious', { MASTER: String(served.server.pid) });
    expect(job.status).toBe('success');
    const log = await served.server.log(job.id);
    expect(log).not.toMatch(/\] got/);
    expect(log.match(/\] refused/g)).toHaveLength(3);
    expect(log).toContain(`jobs ['${job.id}']`);
  });

  test('go on while the server is killed, and end with all that they left when they are cancelled', async () => {
    const id = await served.trigger('endless', { MARK: 'evil-daemon' });
    await served.logHas(id, '[endless] [stdout] up');
    await served.server.kill('SIGKILL');
    await served.server.start();
    expect(await served.server.job(id)).toMatchObject({ status: 'running', steps: [{ status: 'running' }] });
    await served.server.json('POST', `/api/v1/jobs/${id}/cancel`, {});
    expect(await served.server.ended(id)).toMatchObject({ status: 'cancelled' });
    await expect.poll(() => commandLines().filter((line) => line.startsWith('./evil-daemon'))).toEqual([]);
  });
});

function commandLines(): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    });
}
