import { once } from 'node:events';
import type http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import tls from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ControlServers, startControlServers } from '@danube/test-support/control/control-servers.js';
import { Identity } from '@danube/test-support/control/identity.js';
import { ScriptedControlPlane } from '@danube/test-support/control/scripted-control-plane.js';

const authorization = 'Bearer token-of-job-1';
const runStep = (command: string) => JSON.stringify({ job_id: 'job-1', sequence: 1, command, follow: true });

let identity: Identity;
let servers: ControlServers;
beforeEach(async () => {
  identity = await Identity.create();
  const never = new Promise<void>(() => undefined);
  const controlPlane = new ScriptedControlPlane({
    build: { output: [{ stream: 'stdout', bytes: Buffer.from('hello') }] },
    hang: { output: [{ stream: 'stderr', bytes: Buffer.from('x') }, () => never] },
  });
  servers = await startControlServers(controlPlane, identity);
});
afterEach(() => servers.close());

const place = (address: string) => {
  const [host = '', port = ''] = address.split(':');
  return { host, port: Number(port) };
};

async function post(command: string): Promise<http.IncomingMessage> {
  const request = https.request(`https://${servers.rpc}/rpc/run-step`, {
    method: 'POST',
    headers: { authorization },
    ca: identity.ca,
    agent: false,
  });
  request.end(runStep(command));
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  return response;
}

test('HTTP/1.1 and HTTP/2 share the port', async () => {
  expect(await text(await post('build'))).toContain('"exit_code":0');
  const session = http2.connect(`https://${servers.rpc}`, { ca: identity.ca });
  const stream = session.request({ ':method': 'POST', ':path': '/rpc/run-step', authorization });
  stream.end(runStep('build'));
  expect(await text(stream)).toContain('"exit_code":0');
  session.close();
});

describe.each(['rpc', 'grpc'] as const)('at the port of %s', (port) => {
  test.each([
    ['a request in clear text', 'POST /rpc/run-step HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a preface of HTTP/2 in clear text', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['noise', Buffer.from([0x16, 3, 1, 0, 5, 255, 0, 1, 2, 3, 4, 5])],
  ])('%s ends its own connection only, and is told to the operator', async (_, bytes) => {
    const socket = net.connect(place(servers[port]));
    socket.on('error', () => undefined);
    socket.write(bytes);
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(socket, 'close');
    expect(Buffer.concat(chunks).toString()).not.toContain('HTTP');
    expect(servers.loggers.messages('warn')).toEqual(['a TLS handshake failed']);
    expect(await text(await post('build'))).toContain('"exit_code":0');
  });

  test('a client that goes away within the handshake leaves no trace', async () => {
    const socket = net.connect(place(servers[port]));
    await once(socket, 'connect');
    socket.resetAndDestroy();
    expect(await text(await post('build'))).toContain('"exit_code":0');
    expect(servers.loggers.entries).toEqual([]);
  });

  test('versions before TLS 1.2 are refused', async () => {
    const version = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const;
    const attempt = (limits: object) =>
      new Promise((resolve) => {
        const socket = tls.connect({ ...place(servers[port]), ca: identity.ca, ciphers: 'ALL@SECLEVEL=0', ...limits });
        socket.once('secureConnect', () => resolve(socket.getProtocol())).once('error', (error) => resolve(error));
        socket.once('secureConnect', () => socket.destroy());
      });
    expect(await attempt(version)).toBeInstanceOf(Error);
    expect(await attempt({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
  });

  test('closing does not wait for handshakes', async () => {
    const socket = net.connect(place(servers[port]));
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    await servers.close();
    await closed;
  }, 5_000);
});

test('a stream that is open when the server closes gets an error that says to ask again', async () => {
  const response = await post('hang');
  const body = text(response);
  await servers.close();
  expect(JSON.parse((await body).trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    error: { code: 'master_stopping', retryable: true },
  });
});
