import { labels } from '@danube/core/adapters/runtime-kubernetes/pod-layout.js';
import type { ConnectionDocument } from '@danube/core/adapters/step-supervisor/connection-document.js';
import { processesShowing } from '@danube/test-support/find-secret.js';
import { ServedProject } from '@danube/test-support/served-project.js';
import { onAnotherMachine } from '@danube/test-support/test-runtime.js';
import { afterAll, beforeAll, expect, test } from 'vitest';

const secret = 'open-sesame-4711';
const variable = 'of-the-trigger-4712';

/** The connection is told by the coordinator, which alone can read it; the step tries. */
const file = `
import hashlib, os, subprocess
from danube import secrets, step
with open(os.environ["DANUBE_CONNECTION_FILE"]) as connection:
    subprocess.run(["python3", "signals.py", "tell", "connection"], stdin=connection, check=True)
print("digest", hashlib.sha256(secrets.get("TOKEN").encode()).hexdigest()[:4], flush=True)
step.run("python3 signals.py tell variable $VARIABLE; ls /run/danube /run/danube-credentials; python3 signals.py wait go",
         name="tries")
`;

let served: ServedProject;
beforeAll(async () => {
  served = await ServedProject.start({ guarded: { file } });
  await served.server.json('PUT', '/api/v1/secrets/TOKEN', { value: secret });
});
afterAll(() => served.stop());

test('tokens, secrets and variables of a job are in no object of the cluster, in no call and with no other process', async () => {
  const cluster = await served.cluster();
  const id = await served.trigger('guarded', { VARIABLE: variable });
  const { token } = JSON.parse(await served.signals.hears('connection')) as ConnectionDocument;
  expect(await served.signals.hears('variable')).toBe(variable);
  const objects = JSON.stringify(await cluster.objects());
  expect(objects).toContain(`"${labels.job}":"${id}"`);
  const calls = JSON.stringify(served.runtime.cluster?.standIn?.calls ?? []);
  for (const text of [token, secret, variable]) {
    expect(objects).not.toContain(text);
    expect(calls).not.toContain(text);
  }
  if (!onAnotherMachine) for (const text of [token, secret]) expect(processesShowing(text)).toEqual([]);

  // a master that takes the job up has to tell the coordinator nothing secret
  await served.server.kill();
  await served.server.start();
  served.signals.release('go');
  expect(await served.server.ended(id)).toMatchObject({ status: 'success' });
  expect((await served.output(id, 'coordinator')).toString()).toBe('digest ee0a\n');
  const refused = (await served.output(id, 'tries', 'stderr')).toString();
  for (const folder of ['/run/danube', '/run/danube-credentials'])
    expect(refused).toMatch(new RegExp(`${folder}'?: No`));
  expect(JSON.stringify(served.runtime.cluster?.standIn?.calls ?? [])).not.toContain(token);
});
