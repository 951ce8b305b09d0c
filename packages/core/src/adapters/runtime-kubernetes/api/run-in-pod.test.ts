import { spawn } from 'node:child_process';
import { frame, ScriptedKubernetesApi } from '@danube/test-support/scripted-kubernetes-api.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { runInPod } from './run-in-pod.js';

let server: ScriptedKubernetesApi;
beforeEach(async () => {
  server = await ScriptedKubernetesApi.start();
});
afterEach(() => server.close());

/** A real shell behind the connection. */
function shell(socket: WebSocket): void {
  const child = spawn('/bin/sh', ['-s']);
  child.stdout.on('data', (data: Buffer) => socket.send(frame(1, data)));
  child.stderr.on('data', (data: Buffer) => socket.send(frame(2, data)));
  child.stdin.on('error', () => undefined);
  socket.on('message', (data: Buffer) => (data[0] === 0 ? child.stdin.write(data.subarray(1)) : child.stdin.end()));
  socket.on('close', () => child.stdin.end());
  child.on('close', (code) => {
    const causes = [{ reason: 'ExitCode', message: String(code) }];
    socket.send(
      frame(3, JSON.stringify(code === 0 ? { status: 'Success' } : { status: 'Failure', details: { causes } })),
    );
  });
}

function run(script: string) {
  return runInPod(server.api(), { pod: 'p', container: 'c', script }, AbortSignal.timeout(20_000));
}

test.each(['v5.channel.k8s.io', 'v4.channel.k8s.io'])(
  '%s: a script runs in a shell and tells how it ended',
  async (protocol) => {
    server.protocol = protocol;
    server.upgrades = [shell];
    const script = "cat <<'END'\nsecret ' text\nEND\necho problem >&2\n(exit 4)";
    expect(await run(script)).toEqual({
      end: { kind: 'exited', exitCode: 4 },
      stdout: "secret ' text\n",
      stderr: 'problem\n',
    });
    expect(server.requests[0]?.url.searchParams.getAll('command')).toEqual(['/bin/sh', '-s']);
  },
);

test('a long script arrives whole, and no more than 64 KiB of its output is kept', async () => {
  server.upgrades = [shell];
  const { end, stdout } = await run(`# ${'x'.repeat(300_000)}\nyes | head -c 1000000`);
  expect(end).toEqual({ kind: 'exited', exitCode: 0 });
  expect(stdout).toBe('y\n'.repeat(32 * 1024));
});

test('of a script that was cut nothing runs', async () => {
  server.upgrades = [
    (socket) => {
      const child = spawn('/bin/sh', ['-s']);
      socket.once('message', (data: Buffer) => {
        child.stdin.end(data.subarray(1, 9_000));
        child.stdout.on('data', (output: Buffer) => socket.send(frame(1, output)));
        child.on('close', () => socket.terminate());
      });
    },
  ];
  const { end, stdout } = await run(`echo begun\n# ${'x'.repeat(20_000)}\necho ended`);
  expect(end).toMatchObject({ kind: 'lost' });
  expect(stdout).toBe('');
});

test('a pod that is gone is refused', async () => {
  server.upgrades = [{ status: 404, body: '{"message":"pods \\"p\\" not found"}' }];
  await expect(run('true')).rejects.toMatchObject({ code: 'kubernetes_refused', details: { status: 404 } });
});
