import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGit } from '@danube/core/adapters/git/create-git.js';
import { GitRunner } from '@danube/core/adapters/git/git-runner.js';
import { connectCluster } from '@danube/core/adapters/runtime-kubernetes/api/connect-cluster.js';
import type { KubernetesRuntime } from '@danube/core/adapters/runtime-kubernetes/kubernetes-runtime.js';
import { openKubernetesRuntime } from '@danube/core/adapters/runtime-kubernetes/open-kubernetes-runtime.js';
import { SystemClock } from '@danube/core/adapters/system-clock/system-clock.js';
import {
  defaultKubernetesSettings,
  type KubernetesSettings,
} from '@danube/core/domain/kubernetes/kubernetes-settings.js';
import { podOptions } from '@danube/core/domain/kubernetes/pod-options.js';
import type { JobSpec } from '@danube/core/services/ports/job-runtime.js';
import type { LoggerFactory } from '@danube/core/services/ports/logger.js';
import { GitRepository } from './git-fixtures.js';
import { harnessJob } from './harness-job.js';
import { startGitHttpServer } from './git-http-server.js';
import { RecordingMetrics } from './recording-metrics.js';
import type { RuntimeHarness } from './runtime-contract/runtime-bench.js';
import type { TestCluster } from './test-cluster.js';

const sdk = fileURLToPath(new URL('../../sdk/src', import.meta.url));

export interface KubernetesRuntimeHarness extends RuntimeHarness {
  readonly runtime: KubernetesRuntime;
  readonly dataDir: string;
  readonly metrics: RecordingMetrics;
  /** Paths that were asked of the server of the repository, in order. */
  readonly gitRequests: readonly string[];
  reopen(): KubernetesRuntime;
}

export interface HarnessOptions {
  readonly workerImage?: string;
  readonly settings?: Partial<KubernetesSettings>;
  readonly loggers: LoggerFactory;
}

/** A Kubernetes runtime over a folder of its own, and jobs of a small repository that a server of this machine has. */
export async function openKubernetesHarness(
  cluster: TestCluster,
  { workerImage = cluster.workerImage, settings: changes = {}, loggers }: HarnessOptions,
): Promise<KubernetesRuntimeHarness> {
  const root = await mkdtemp(join(tmpdir(), 'danube-kubernetes-runtime-'));
  const dataDir = join(root, 'data');
  const repository = new GitRepository(join(root, 'repositories', 'project'));
  const commit = repository.commit({ greeting: 'hello\n' });
  const gitServer = await startGitHttpServer(join(root, 'repositories'), {
    ...(cluster.host && { host: cluster.host }),
  });
  const metrics = new RecordingMetrics();
  const git = createGit(new GitRunner(join(root, 'cache')), metrics, join(root, 'known_hosts'));
  const settings = { ...defaultKubernetesSettings, ...changes };
  const commands = new Map<string, string>();
  const instanceId = randomUUID();
  const opened: KubernetesRuntime[] = [];
  const connections = await Promise.all(Array.from({ length: 8 }, () => connectCluster([cluster.kubeconfig])));
  const reopen = () => {
    const runtime = openKubernetesRuntime({
      connection: connections.pop() as Awaited<ReturnType<typeof connectCluster>>,
      jobsNamespace: 'danube-jobs',
      systemNamespace: 'danube-system',
      coordinatorImage: cluster.coordinatorImage,
      instanceId,
      dataDir,
      programs: {
        follow: readFileSync(join(sdk, 'danube', '_follow_outputs.py'), 'utf8'),
        sdkPath: '/opt/danube/sdk',
        coordinatorCommand: ({ jobId }) => commands.get(jobId) ?? 'exit 99',
      },
      settings: () => settings,
      checkout: git.checkoutProgram,
      clock: new SystemClock(),
      metrics,
      loggers,
    });
    opened.push(runtime);
    return runtime;
  };
  return {
    dataDir,
    metrics,
    gitRequests: gitServer.requests,
    runtime: reopen(),
    reopen,
    job(coordinatorCommand): JobSpec {
      const job = harnessJob(`${gitServer.url}/project`, commit, {
        pod: podOptions({ image: workerImage, kubernetes: undefined }, settings),
      });
      commands.set(job.jobId, coordinatorCommand);
      return job;
    },
    async close() {
      await Promise.all(opened.map((runtime) => runtime.close()));
      for (const connection of connections) connection.close();
      await gitServer.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
