import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ControlServers, startControlServers } from '@danube/test-support/control/control-servers.js';
import { ScriptedControlPlane } from '@danube/test-support/control/scripted-control-plane.js';

const authorization = 'Bearer token-of-job-1';
const runStep = { job_id: 'job-1', sequence: 1, command: 'build', follow: true };
const exit = {
  exit_code: 0,
  status: 'success',
  reason: '',
  started_at_ms: 1000,
  finished_at_ms: 3500,
  stdout_skipped: 0,
  stderr_skipped: 0,
};

let controlPlane: ScriptedControlPlane;
let servers: ControlServers;
let hold: Promise<void>;

beforeEach(async () => {
  hold = new Promise(() => undefined);
  controlPlane = new ScriptedControlPlane(
    {
      build: { output: [{ stream: 'stdout', bytes: Buffer.from('hello') }] },
      hang: { output: [{ stream: 'stderr', bytes: Buffer.from('x') }, () => hold] },
    },
    { TOKEN: 'grüße\n' },
  );
  servers = await startControlServers(controlPlane);
});

afterEach(() => servers.close());

interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: string;
  readonly requestId: string | undefined;
}

async function post(path: string, body: string, headers: http.OutgoingHttpHeaders = {}): Promise<Answer> {
  const request = http.request(`http://${servers.rpc}${path}`, {
    method: 'POST',
    headers: { authorization, ...headers },
  });
  request.end(body);
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  return {
    status: response.statusCode ?? 0,
    type: response.headers['content-type'],
    body: await text(response),
    requestId: response.headers['x-request-id'] as string | undefined,
  };
}

/** Sends bytes as they are and answers all that comes back until the connection is closed. */
async function raw(bytes: string | Buffer): Promise<string> {
  const [host = '', port = ''] = servers.rpc.split(':');
  const socket = net.connect(Number(port), host);
  socket.on('error', () => undefined);
  socket.write(bytes);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

function errorCode(answer: Answer): unknown {
  return (JSON.parse(answer.body) as { error: { code: string } }).error.code;
}

test('HTTP/1.1 gets one JSON value a line', async () => {
  const answer = await post('/rpc/run-step', JSON.stringify(runStep), { 'x-request-id': 'mine-1' });
  expect(answer).toMatchObject({ status: 200, type: 'application/x-ndjson', requestId: 'mine-1' });
  expect(answer.body.trimEnd().split('\n')).toEqual([
    JSON.stringify({ stdout: Buffer.from('hello').toString('base64') }),
    JSON.stringify({ exit }),
  ]);
});

test('HTTP/2 cleartext is served on the same port', async () => {
  const session = http2.connect(`http://${servers.rpc}`);
  const stream = session.request({ ':method': 'POST', ':path': '/rpc/run-step', authorization });
  stream.end(JSON.stringify(runStep));
  const [headers] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders];
  expect(headers).toMatchObject({ ':status': 200, 'content-type': 'application/x-ndjson' });
  expect((await text(stream)).trimEnd().split('\n')).toHaveLength(2);
  session.close();
});

test('HTTP/1.0 gets an answer that ends with its connection, also when the request comes in pieces', async () => {
  const body = JSON.stringify(runStep);
  const head = `POST /rpc/run-step HTTP/1.0\r\nAuthorization: ${authorization}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const answer = await raw(head + body);
  expect(answer).toContain(' 200 OK\r\n');
  expect(answer.toLowerCase()).not.toContain('transfer-encoding');
  expect(answer.trimEnd().endsWith(JSON.stringify({ exit }))).toBe(true);

  const [host = '', port = ''] = servers.rpc.split(':');
  const socket = net.connect(Number(port), host).setNoDelay();
  await once(socket, 'connect');
  socket.write('P');
  await new Promise((resolve) => setImmediate(resolve));
  socket.write(head.slice(1) + body);
  expect(await text(socket)).toContain('"exit"');
});

test.each([
  ['no token', '/rpc/run-step', '{}', { authorization: '' }, 401, 'token_missing'],
  ['an unknown token', '/rpc/run-step', '{}', { authorization: 'Bearer nonsense' }, 401, 'token_invalid'],
  ['no JSON', '/rpc/run-step', '{"job_id":', {}, 400, 'body_malformed'],
  ['no object', '/rpc/run-step', '[1]', {}, 400, 'body_malformed'],
  ['no job', '/rpc/run-step', '{}', {}, 400, 'request_invalid'],
  ['another job', '/rpc/run-step', '{"job_id":"job-2"}', {}, 403, 'job_mismatch'],
  ['no sequence', '/rpc/run-step', '{"job_id":"job-1","command":"x"}', {}, 400, 'request_invalid'],
  ['an unknown status', '/rpc/report-status', '{"job_id":"job-1","status":"fine"}', {}, 400, 'request_invalid'],
  ['no name of a secret', '/rpc/get-secret', '{"job_id":"job-1"}', {}, 400, 'request_invalid'],
  ['a secret of another job', '/rpc/get-secret', '{"job_id":"job-2","key":"TOKEN"}', {}, 403, 'job_mismatch'],
  ['a secret that is not there', '/rpc/get-secret', '{"job_id":"job-1","key":"X"}', {}, 404, 'secret_not_found'],
  ['a method of a later release', '/rpc/later', '{"job_id":"job-1"}', {}, 404, 'method_unknown'],
  [
    'an artifact that is not there',
    '/rpc/download-artifact',
    '{"job_id":"job-1","artifact_name":"a"}',
    {},
    404,
    'artifact_not_found',
  ],
  [
    'an artifact of another job',
    '/rpc/download-artifact',
    '{"job_id":"job-2","artifact_name":"a"}',
    {},
    403,
    'job_mismatch',
  ],
  ['an upload to another job', '/rpc/upload-artifact?job_id=job-2&artifact_name=a', 'x', {}, 403, 'job_mismatch'],
  ['an upload without a name', '/rpc/upload-artifact?job_id=job-1', 'x', {}, 400, 'request_invalid'],
])('%s is refused', async (_, path, body, headers, status, code) => {
  const answer = await post(path, body, headers);
  expect(answer.status).toBe(status);
  expect(errorCode(answer)).toBe(code);
  expect(controlPlane.requests).toEqual([]);
});

test('a secret is answered to its job', async () => {
  const answer = await post('/rpc/get-secret', '{"job_id":"job-1","key":"TOKEN"}');
  expect([answer.status, answer.body]).toEqual([200, '{"value":"grüße\\n"}']);
});

test('a conflict is told with its own status', async () => {
  await post('/rpc/run-step', JSON.stringify(runStep));
  const answer = await post('/rpc/run-step', JSON.stringify({ ...runStep, command: 'other' }));
  expect([answer.status, errorCode(answer)]).toEqual([409, 'step_conflict']);
});

test('a report reaches the control plane', async () => {
  const report = { job_id: 'job-1', status: 'failure', error_message: 'broke' };
  expect(await post('/rpc/report-status', JSON.stringify(report))).toMatchObject({ status: 200, body: '{}' });
  expect(controlPlane.reports).toEqual([{ jobId: 'job-1', status: 'failure', message: 'broke' }]);
  expect(servers.metrics.get('danube_rpc_requests_total', { method: 'report-status', status: '200' })).toBe(1);
});

test('a body of 1 GB is refused by its announced length, before it is read', async () => {
  const answer = await raw(
    `POST /rpc/run-step HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: 1000000000\r\n\r\n{`,
  );
  expect(answer).toContain(' 413 ');
  expect(answer).toContain('at most 4194304 bytes');
});

test('a body without a length is refused once it has passed the limit', async () => {
  const request = http.request(`http://${servers.rpc}/rpc/run-step`, { method: 'POST', headers: { authorization } });
  request.on('error', () => undefined);
  const piece = Buffer.alloc(64 * 1024, 0x20);
  let sent = 0;
  const more = (): void => {
    while (!request.destroyed && sent < 1e9) {
      sent += piece.length;
      if (!request.write(piece)) break;
    }
  };
  request.on('drain', more);
  more();
  await new Promise((resolve) => request.on('close', resolve));
  expect(sent).toBeLessThan(64e6);
  expect(servers.metrics.get('danube_rpc_requests_total', { method: 'run-step', status: '413' })).toBe(1);
});

test('a client that sends its whole body before it reads still gets the refusal, not a reset', async () => {
  const { hostname, port } = new URL(`http://${servers.rpc}`);
  const socket = net.connect({ host: hostname, port: Number(port), allowHalfOpen: true }).pause();
  const length = 16 * 1024 * 1024;
  socket.write(`POST /rpc/run-step HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n`);
  socket.write(`Content-Length: ${length}\r\n\r\n`);
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.write(Buffer.alloc(length, 0x20), () => resolve());
  });
  expect(await text(socket.resume())).toMatch(/^HTTP\/1\.1 413 [^]*request_too_large/);
});

test('a stream that is open when the server closes ends with an error that says to ask again', async () => {
  const request = http.request(`http://${servers.rpc}/rpc/run-step`, { method: 'POST', headers: { authorization } });
  request.end(JSON.stringify({ ...runStep, command: 'hang' }));
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const body = text(response);
  await servers.close();
  const last = (await body).trimEnd().split('\n').at(-1) ?? '';
  expect(JSON.parse(last)).toMatchObject({ error: { code: 'master_stopping', retryable: true } });
});

test('a caller that goes away ends its stream, and nothing is logged as a failure', async () => {
  const request = http.request(`http://${servers.rpc}/rpc/run-step`, { method: 'POST', headers: { authorization } });
  request.on('error', () => undefined);
  request.end(JSON.stringify({ ...runStep, command: 'hang' }));
  await once(request, 'response');
  request.destroy();
  const labels = { method: 'run-step', status: 'cancelled' };
  await expect.poll(() => servers.metrics.get('danube_rpc_requests_total', labels)).toBe(1);
  expect(servers.loggers.entries).toEqual([]);
});

test('bytes that are no HTTP at all end only their own connection', async () => {
  expect(await raw(Buffer.from([0, 1, 2, 3, 255, 10, 13, 10]))).toContain('400');
  expect(await raw('PRI * HTTP/2.0\r\n\r\nnonsense nonsense nonsense nonsense')).not.toContain('200');
  expect(await post('/rpc/run-step', JSON.stringify(runStep))).toMatchObject({ status: 200 });
});

test('a job may have only so many streams open', async () => {
  const requests = Array.from({ length: 101 }, (_, index) => {
    const request = http.request(`http://${servers.rpc}/rpc/run-step`, {
      method: 'POST',
      headers: { authorization },
      agent: false,
    });
    request.on('error', () => undefined);
    request.end(JSON.stringify({ ...runStep, sequence: index + 1, command: 'hang' }));
    return once(request, 'response') as Promise<[http.IncomingMessage]>;
  });
  const statuses = (await Promise.all(requests)).map(([response]) => response.statusCode);
  expect(statuses.filter((status) => status === 503)).toHaveLength(1);
});
