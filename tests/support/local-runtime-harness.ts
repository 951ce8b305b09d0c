import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Isolation } from '@danube/core/adapters/runtime-local/isolation/isolation.js';
import { openIsolation } from '@danube/core/adapters/runtime-local/isolation/open-isolation.js';
import { LocalRuntime } from '@danube/core/adapters/runtime-local/local-runtime.js';
import type { Clock } from '@danube/core/services/ports/clock.js';
import type { JobSpec } from '@danube/core/services/ports/job-runtime.js';
import type { SourceCheckout } from '@danube/core/services/ports/source-checkout.js';
import { GitRepository } from './git-fixtures.js';
import { harnessJob } from './harness-job.js';
import type { RuntimeHarness } from './runtime-contract/runtime-bench.js';

const run = promisify(execFile);

/** Real Git, and no more than these tests need. */
const cloning: SourceCheckout = {
  resolve: () => Promise.reject(new Error('not part of these tests')),
  async checkOut({ repositoryUrl, commit, destination }, signal) {
    await rm(destination, { recursive: true, force: true });
    await run('git', ['clone', '--quiet', '--no-checkout', repositoryUrl, destination], { signal });
    await run('git', ['-C', destination, 'checkout', '--quiet', '--detach', commit], { signal });
    return { warnings: [] };
  },
};

const clock: Clock = {
  now: () => Date.now(),
  callAfter: () => {
    throw new Error('the runtime sets no alarms');
  },
  callAt: () => {
    throw new Error('not part of these tests');
  },
};

export interface LocalRuntimeHarness extends RuntimeHarness {
  readonly dataDir: string;
  reopen(): LocalRuntime;
}

/** A local runtime over a folder of its own, and jobs of a small repository. */
export async function openLocalRuntime(mode: Isolation['mode'] = 'none'): Promise<LocalRuntimeHarness> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'danube-runtime-')));
  // the account of jobs has to get to the folder of the jobs
  await chmod(root, 0o711);
  const dataDir = join(root, 'data');
  await mkdir(join(dataDir, 'jobs'), { recursive: true });
  const isolation = await openIsolation(
    { isolation: mode, localUser: mode === 'user' ? 'nobody' : undefined },
    dataDir,
    {
      secretFolders: [dataDir],
      secretFiles: [],
      needed: [],
    },
  );
  const repository = new GitRepository(join(root, 'repository'));
  const commit = repository.commit({ greeting: 'hello\n' });
  const commands = new Map<string, string>();
  const reopen = () =>
    new LocalRuntime(
      {
        dataDir,
        sdkPath: join(root, 'sdk'),
        coordinatorCommand: ({ jobId }) => commands.get(jobId) ?? 'exit 99',
        isolation,
      },
      cloning,
      clock,
    );
  return {
    dataDir,
    runtime: reopen(),
    reopen,
    job(coordinatorCommand): JobSpec {
      const job = harnessJob(repository.url, commit);
      commands.set(job.jobId, coordinatorCommand);
      return job;
    },
    close: () => rm(root, { recursive: true, force: true }),
  };
}
