import { createHash, randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { DanubeError } from '@danube/plugin-api';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ControlServers, startControlServers } from '@danube/test-support/control/control-servers.js';
import { CuttableProxy } from '@danube/test-support/control/cuttable-proxy.js';
import { Identity } from '@danube/test-support/control/identity.js';
import { CoordinatorFolder, pythonWithGrpc, traceparent } from '@danube/test-support/control/run-danubefile.js';
import type { FinishedRun, Transport } from '@danube/test-support/control/run-danubefile.js';
import { ScriptedControlPlane, type ScriptedStep } from '@danube/test-support/control/scripted-control-plane.js';

if (pythonWithGrpc === undefined) {
  process.stderr.write('SDK over gRPC: skipped, because no python3 here can import grpc (Debian: python3-grpcio)\n');
}

const out = (text: string) => ({ stream: 'stdout', bytes: Buffer.from(text) }) as const;
const err = (text: string) => ({ stream: 'stderr', bytes: Buffer.from(text) }) as const;

const binary = Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0x80]);
const huge = randomBytes(1024 * 1024);
const hugeChunks = 50;

let servers: ControlServers;
let started: ControlServers[];
let folder: CoordinatorFolder;
let controlPlane: ScriptedControlPlane;
let identity: Identity | undefined;

async function serve(
  script: Readonly<Record<string, ScriptedStep>>,
  secrets: Readonly<Record<string, string>> = {},
): Promise<void> {
  controlPlane = new ScriptedControlPlane(script, secrets);
  servers = await startControlServers(controlPlane, identity);
  started.push(servers);
  await folder.connect(servers);
}

beforeEach(async () => {
  started = [];
  folder = await CoordinatorFolder.create();
});

afterEach(async () => {
  await Promise.all(started.map((each) => each.close()));
  await folder.remove();
});

const transports: readonly (readonly [Transport, 'clear text' | 'TLS'])[] = [
  ['http', 'clear text'],
  ['http', 'TLS'],
  ['grpc', 'clear text'],
  ['grpc', 'TLS'],
];

describe.each(transports)('over %s, %s', (transport, secrecy) => {
  beforeAll(async () => {
    identity = secrecy === 'TLS' ? await Identity.create() : undefined;
  });

  const it = test.skipIf(transport === 'grpc' && pythonWithGrpc === undefined);
  const run = (source: string): Promise<FinishedRun> => folder.run(transport, source);

  it('a result has output, exit code and duration', async () => {
    await serve({
      build: { output: [out('grüße\n'), err('warned\n'), { stream: 'stdout', bytes: binary }] },
      fail: { status: 'failure', exitCode: 7 },
    });
    const source = `
from danube import step
r = step.run("build", name="Build")
print(repr(r.stdout_bytes), r.stderr, r.exit_code, r.ok, r.duration, r.stdout_truncated)
f = step.run("fail", env={"COLOUR": "blau ü"}, timeout=1.5, image="alpine:3")
print(f.exit_code, f.ok, f.status, f.reason, bool(f))
`;
    expect(await run(source)).toEqual({
      exitCode: 0,
      stdout: `b'gr\\xc3\\xbc\\xc3\\x9fe\\n\\xff\\xfe\\x00\\n\\x80' warned\n 0 True 2.5 False\n7 False failure exit code 7 False\n`,
      stderr: '',
    });
    expect(controlPlane.requests).toEqual([
      expect.objectContaining({ sequence: 1, name: 'Build', command: 'build', follow: false, image: undefined }),
      expect.objectContaining({
        sequence: 2,
        name: 'fail',
        env: { COLOUR: 'blau ü' },
        timeoutSeconds: 2,
        image: 'alpine:3',
      }),
    ]);
    const total = transport === 'grpc' ? 'danube_grpc_requests_total' : 'danube_rpc_requests_total';
    const labels = transport === 'grpc' ? { method: 'RunStep', status: 'OK' } : { method: 'run-step', status: '200' };
    expect(servers.metrics.get(total, labels)).toBe(2);
  });

  it('a secret comes as it was stored, also after the master was away, and one that is not there says so', async () => {
    const value = `-----BEGIN KEY-----\r\nüber\n${'x'.repeat(60_000)}`;
    await serve({}, { 'deploy-key': value });
    controlPlane.failures.push(new DanubeError('master_stopping', 'ask again', { category: 'unavailable' }));
    const source = `
from danube import RequestRefused, SecretNotFound, secrets
value = secrets.get("deploy-key")
print(len(value), repr(value[:30]))
try:
    secrets.get("OTHER")
except SecretNotFound as error:
    print(error.code, error, isinstance(error, RequestRefused))
`;
    expect(await run(source)).toEqual({
      exitCode: 0,
      stdout:
        `${value.length} '-----BEGIN KEY-----\\r\\nüber\\nxxxx'\n` +
        'secret_not_found this job has no secret "OTHER" (secret_not_found) True\n',
      stderr: '',
    });
  });

  it('a step that a timeout ended is no success, whatever its exit code', async () => {
    await serve({ slow: { status: 'timeout', exitCode: 0, reason: 'its timeout passed' } });
    const { stdout } = await run('from danube import step\nr = step.run("slow")\nprint(r.ok, r.exit_code, r.status)\n');
    expect(stdout).toBe('False -1 timeout\n');
  });

  it('an unread failure stops the next step, lists itself and is the reason of the job', async () => {
    await serve({ test: { status: 'failure', exitCode: 1 } });
    const finished = await run('from danube import step\nstep.run("test")\nstep.run("deploy")\n');
    expect(finished.exitCode).toBe(1);
    expect(finished.stderr).toBe(
      'Traceback (most recent call last):\n' +
        '  File "danubefile.py", line 3, in <module>\n' +
        '    step.run("deploy")\n' +
        'danube.StepFailed: step "test" failed with exit code 1\n',
    );
    expect(controlPlane.requests.map(({ command }) => command)).toEqual(['test']);
    expect(controlPlane.reports).toEqual([
      { jobId: 'job-1', status: 'failure', message: 'step "test" failed with exit code 1' },
    ]);
  });

  it('an unread failure at the end of the file fails the job', async () => {
    await serve({ test: { status: 'failure', exitCode: 1 } });
    expect(await run('from danube import step\nr = step.run("test")\n')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'danube: step "test" failed with exit code 1\n',
    });
    expect(controlPlane.reports.map(({ message }) => message)).toEqual(['step "test" failed with exit code 1']);
  });

  it('output that appears is echoed once, although the connection is cut in the middle', async () => {
    let proceed = (): void => undefined;
    const cut = new Promise<void>((resolve) => (proceed = resolve));
    await serve({ build: { output: [out('first half ü'), () => cut, out(' second half\n'), err('e\n')] } });
    const proxies = { rpc: await CuttableProxy.to(servers.rpc), grpc: await CuttableProxy.to(servers.grpc) };
    await folder.connect({ rpc: proxies.rpc.address, grpc: proxies.grpc.address, ca: identity?.ca });
    const source = 'from danube import step\nr = step.run("build")\nprint(r.ok, r.stdout)';
    const finished = await folder.run(transport, source, { DANUBE_ECHO: '1' }, (stdout) => {
      if (stdout !== 'first half ü') return;
      proxies.rpc.cut();
      proxies.grpc.cut();
      proceed();
    });
    expect(finished).toEqual({
      exitCode: 0,
      stdout: 'first half ü second half\nTrue first half ü second half\n\n',
      stderr: 'e\n',
    });
    expect(controlPlane.requests.map(({ sequence, received }) => [sequence, received.stdout])).toEqual([
      [1, 0],
      [1, Buffer.byteLength('first half ü')],
    ]);
    await Promise.all([proxies.rpc.close(), proxies.grpc.close()]);
  });

  it('a master that stops and comes back on another port is a pause', async () => {
    const never = new Promise<void>(() => undefined);
    let reached = (): void => undefined;
    const running = new Promise<void>((resolve) => (reached = resolve));
    await serve({ build: { output: [out('a\n'), () => (reached(), never)] } });
    const job = run('from danube import step\nr = step.run("build")\nprint(r.ok, r.stdout)\nstep.run("build")');
    await running;
    await servers.close();
    await serve({ build: { output: [out('a\n'), out('b\n')] } });
    expect(await job).toEqual({ exitCode: 0, stdout: 'True a\nb\n\n', stderr: '' });
    expect(controlPlane.requests.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('asks again after errors that pass, not after others', async () => {
    await serve({ build: {} });
    controlPlane.failures.push(
      new DanubeError('database_busy', 'busy', { category: 'unavailable' }),
      new Error('disk full'),
    );
    expect(await run('from danube import step\nstep.run("build")')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(controlPlane.requests).toHaveLength(3);
    expect(servers.loggers.messages('error')).toHaveLength(1);
  });

  it.each([
    ['nonsense', 'the token opens no running job (token_invalid)'],
    ['token-of-job-2', 'the token belongs to another job than job-1 (job_mismatch)'],
  ])('the token %s is refused for good, at the line of the call', async (token, words) => {
    await serve({ build: {} });
    await folder.connect(servers, token);
    const { exitCode, stderr } = await run('from danube import step\nstep.run("build")');
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`danube.RequestRefused: ${words}\n`);
    expect(stderr).toContain('line 2, in <module>');
    expect(controlPlane.requests).toEqual([]);
  });

  it('what passes a limit is refused with the limit', async () => {
    await serve({});
    const source = `
from danube import step, RequestRefused
def refused(**arguments):
    try:
        step.run(**arguments)
    except RequestRefused as error:
        print(error.code, error)
refused(command="x" * (1024 * 1024 + 1))
refused(command="x" * (5 * 1024 * 1024))
refused(command="x", name="n" * 201)
refused(command="x", name="two\\nlines")
refused(command="x", env={"DANUBE_X": "1"})
refused(command="x", env={"X": "1" * 70000})
refused(command=" ")
`;
    const { stdout, stderr } = await run(source);
    expect(stderr).toBe('');
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toContain('request_invalid command must be at most 1048576');
    expect(lines[1]).toMatch(/4194304/);
    expect(lines[2]).toContain('step_name must be at most 200 characters');
    expect(lines[3]).toContain('step_name must be one line');
    expect(lines[4]).toContain('environment_invalid environment variable "DANUBE_X"');
    expect(lines[5]).toContain('at most 65536');
    expect(lines[6]).toContain('command must be a shell command line');
    expect(controlPlane.requests).toEqual([]);
  });

  it('50 MB of output arrive whole, or as their end', async () => {
    await serve({ flood: { output: Array.from({ length: hugeChunks }, () => ({ stream: 'stdout', bytes: huge })) } });
    const source = `
import hashlib
from danube import step
r = step.run("flood", capture_limit=64 * 1024 * 1024)
print(len(r.stdout_bytes), hashlib.sha256(r.stdout_bytes).hexdigest(), r.stdout_truncated)
r = step.run("flood", capture_limit=1000)
print(len(r.stdout_bytes) > 990, r.stdout_truncated, r.stderr_truncated)
`;
    const digest = createHash('sha256');
    for (let chunk = 0; chunk < hugeChunks; chunk++) digest.update(huge);
    expect((await run(source)).stdout).toBe(
      `${hugeChunks * huge.length} ${digest.digest('hex')} False\nTrue True False\n`,
    );
  });

  it('several threads run steps at once', async () => {
    let arrived = 0;
    const all = new EventEmitter();
    const meet = async () => {
      if (++arrived < 4) await once(all, 'met');
      else all.emit('met');
    };
    await serve(Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, { output: [meet, out(name)] }])));
    const source = `
from concurrent.futures import ThreadPoolExecutor
from danube import step
with ThreadPoolExecutor(4) as pool:
    print([r.stdout for r in pool.map(step.run, "abcd")])
`;
    expect(await run(source)).toEqual({ exitCode: 0, stdout: "['a', 'b', 'c', 'd']\n", stderr: '' });
    expect(new Set(controlPlane.requests.map(({ sequence }) => sequence)).size).toBe(4);
  });

  it('the trace context is passed on and every call has a request id', async () => {
    await serve({ build: {} });
    const seen: unknown[] = [];
    const authenticate = controlPlane.authenticate.bind(controlPlane);
    controlPlane.authenticate = (token) => {
      seen.push(servers.context.current());
      return authenticate(token);
    };
    await run('from danube import step\nstep.run("build")');
    expect(seen).toEqual([{ requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, traceparent }]);
  });
});
