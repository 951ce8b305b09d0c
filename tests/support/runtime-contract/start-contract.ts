import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { collectProcess } from '../collect-process.js';
import { forever, never, coordinator, type RuntimeBench } from './runtime-bench.js';

/** How a job begins, and goes on after a restart of the master. */
export function startContract(bench: RuntimeBench): void {
  describe('start', () => {
    test('puts the commit in place and tells the coordinator what it needs, and the token by file only', async () => {
      const job = await bench.startJob(
        'cat greeting "$DANUBE_CONNECTION_FILE"; ls -l "$DANUBE_CONNECTION_FILE"; env >&2',
      );
      const { stdout, stderr, end } = await collectProcess(bench.runtime, coordinator(job));
      expect(end).toMatchObject({ kind: 'exited', exitCode: 0 });
      const [greeting, connection, listing] = stdout.toString().split('\n');
      expect(greeting).toBe('hello');
      expect(JSON.parse(connection ?? '')).toEqual({
        rpc_url: job.connection.rpcUrl,
        grpc_address: job.connection.grpcAddress,
        ca: job.connection.ca ?? null,
        token: job.connection.token,
        traceparent: job.connection.traceparent,
      });
      expect(listing).toMatch(/^-rw-------/);
      const env = stderr.toString().split('\n');
      expect(env).toEqual(
        expect.arrayContaining([
          `DANUBE_JOB_ID=${job.jobId}`,
          `DANUBE_PIPELINE_ID=${job.pipelineId}`,
          `DANUBE_PIPELINE=${job.pipelineName}`,
          `DANUBE_REPO=${job.source.repositoryUrl}`,
          `DANUBE_BRANCH=${job.source.branch}`,
          `DANUBE_COMMIT_SHA=${job.source.commit}`,
          `DANUBE_TRIGGER_TYPE=${job.trigger.type}`,
          `DANUBE_TRIGGER_REF=${job.trigger.ref}`,
          `DANUBE_DEADLINE=${job.deadlineAt}`,
          ...Object.entries(job.env).map(([key, value]) => `${key}=${value}`),
        ]),
      );
      expect(stderr.toString()).not.toContain(job.connection.token);
    });

    test('is done once, however often it is asked for', async () => {
      const job = bench.harness.job(`echo started >>runs; ${forever}`);
      bench.removeLater(job);
      await Promise.all([bench.runtime.start(job, never), bench.runtime.start(job, never)]);
      await bench.runtime.start(job, never);
      await bench.harness.reopen().start(job, never);
      const { stdout } = await bench.runStep(job, 'until [ -s runs ]; do sleep 0.05; done; cat runs greeting');
      expect(stdout).toBe('started\nhello\n');
    });

    test('leaves nothing running where the commit cannot be had, and may be tried again', async () => {
      const job = bench.harness.job(forever);
      bench.removeLater(job);
      const missing = { ...job, source: { ...job.source, commit: '0'.repeat(40) } };
      await expect(bench.runtime.start(missing, never)).rejects.toThrow();
      expect(await bench.runtime.adopt(job.jobId, job.connection)).toBe('not_started');
      await bench.runtime.start(job, never);
      expect(await bench.runtime.adopt(job.jobId, job.connection)).toBe('started');
    });
  });

  test('adopt knows whether the coordinator was started, and tells it the new addresses', async () => {
    const addresses = { rpcUrl: 'https://127.0.0.1:2', grpcAddress: '127.0.0.1:3', ca: 'of the new master' };
    expect(await bench.harness.reopen().adopt(randomUUID(), addresses)).toBe('not_started');
    const job = await bench.startJob(
      'until grep -q 127.0.0.1:3 "$DANUBE_CONNECTION_FILE"; do sleep 0.05; done; cat "$DANUBE_CONNECTION_FILE"',
    );
    const adopting = bench.harness.reopen();
    expect(await adopting.adopt(job.jobId, addresses)).toBe('started');
    const { stdout } = await collectProcess(adopting, coordinator(job));
    expect(JSON.parse(stdout.toString())).toMatchObject({
      rpc_url: 'https://127.0.0.1:2',
      grpc_address: '127.0.0.1:3',
      ca: 'of the new master',
      token: job.connection.token,
    });
  });
}
