import { once } from 'node:events';
import net from 'node:net';
import {
  type ClientReadableStream,
  Metadata,
  type ServiceError,
  credentials,
  makeGenericClientConstructor,
  status,
} from '@grpc/grpc-js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ControlServers, startControlServers } from '@danube/test-support/control/control-servers.js';
import { ScriptedControlPlane } from '@danube/test-support/control/scripted-control-plane.js';
import { loadCoordinatorService } from './coordinator-service.js';

interface Coordinator {
  RunStep(request: object, metadata: Metadata): ClientReadableStream<Record<string, unknown>>;
  ReportStatus(request: object, metadata: Metadata, done: (error: ServiceError | null) => void): void;
  GetSecret(
    request: object,
    metadata: Metadata,
    done: (error: ServiceError | null, answer?: { readonly value: string }) => void,
  ): void;
  DownloadArtifact(request: object, metadata: Metadata): ClientReadableStream<Record<string, unknown>>;
  makeUnaryRequest(
    path: string,
    serialize: (value: Buffer) => Buffer,
    deserialize: (value: Buffer) => Buffer,
    value: Buffer,
    metadata: Metadata,
    done: (error: ServiceError | null) => void,
  ): void;
  close(): void;
}

const runStep = { job_id: 'job-1', sequence: 1, command: 'build', follow: true };

let controlPlane: ScriptedControlPlane;
let servers: ControlServers;
let client: Coordinator;

beforeEach(async () => {
  const never = new Promise<void>(() => undefined);
  controlPlane = new ScriptedControlPlane(
    {
      build: { output: [{ stream: 'stdout', bytes: Buffer.from('hello') }] },
      hang: { output: [{ stream: 'stderr', bytes: Buffer.from('x') }, () => never] },
    },
    { TOKEN: 'grüße\n' },
  );
  servers = await startControlServers(controlPlane);
  const Client = makeGenericClientConstructor(await loadCoordinatorService(), 'CoordinatorService');
  client = new Client(servers.grpc, credentials.createInsecure()) as unknown as Coordinator;
});

afterEach(async () => {
  client.close();
  await servers.close();
});

function metadata(token = 'token-of-job-1'): Metadata {
  const found = new Metadata();
  found.set('authorization', `Bearer ${token}`);
  found.set('x-request-id', 'mine-1');
  return found;
}

async function collect(call: ClientReadableStream<Record<string, unknown>>) {
  const messages: Record<string, unknown>[] = [];
  call.on('data', (message: Record<string, unknown>) => messages.push(message));
  const error = await new Promise<ServiceError | undefined>((resolve) => {
    call.on('error', resolve);
    call.on('end', () => resolve(undefined));
  });
  return { messages, error };
}

test('a step streams its output and then its end', async () => {
  const { messages, error } = await collect(client.RunStep(runStep, metadata()));
  expect(error).toBeUndefined();
  expect(messages).toHaveLength(2);
  expect(messages[0]).toMatchObject({ output: 'stdout', stdout: Buffer.from('hello') });
  expect(messages[1]).toMatchObject({
    output: 'exit_code',
    exit_code: 0,
    status: 'success',
    started_at_ms: 1000,
    finished_at_ms: 3500,
  });
  expect(controlPlane.requests[0]).toMatchObject({ timeoutSeconds: undefined, image: undefined, name: 'step-1' });
});

test.each([
  ['no token', {}, new Metadata(), status.UNAUTHENTICATED, 'token_missing'],
  ['an unknown token', runStep, metadata('nonsense'), status.UNAUTHENTICATED, 'token_invalid'],
  ['another job', { ...runStep, job_id: 'job-2' }, metadata(), status.PERMISSION_DENIED, 'job_mismatch'],
  ['no sequence', { ...runStep, sequence: 0 }, metadata(), status.INVALID_ARGUMENT, 'request_invalid'],
])('%s is refused', async (_, request, headers, code, danubeCode) => {
  const { error } = await collect(client.RunStep(request, headers));
  expect(error?.code).toBe(code);
  expect(error?.metadata.get('danube-error-code')).toEqual([danubeCode]);
  expect(error?.metadata.get('danube-retryable')).toEqual(['false']);
  expect(controlPlane.requests).toEqual([]);
  const labels = { method: 'RunStep', status: status[code] };
  expect(servers.metrics.get('danube_grpc_requests_total', labels)).toBe(1);
});

test('an unexpected error is told without its words, with the request id of the caller', async () => {
  controlPlane.failures.push(new Error('SQLITE_IOERR /secret/path'));
  const { error } = await collect(client.RunStep(runStep, metadata()));
  expect(error?.code).toBe(status.INTERNAL);
  expect(error?.details).not.toContain('secret');
  expect(error?.metadata.get('x-request-id')).toEqual(['mine-1']);
  expect(error?.metadata.get('danube-retryable')).toEqual(['true']);
  expect(servers.loggers.messages('error')).toHaveLength(1);
});

test('a report reaches the control plane, and a call of a later release is UNIMPLEMENTED', async () => {
  const report = { job_id: 'job-1', status: 'failure', error_message: 'broke' };
  const reported = await new Promise((resolve) => client.ReportStatus(report, metadata(), resolve));
  expect(reported).toBeNull();
  expect(controlPlane.reports).toEqual([{ jobId: 'job-1', status: 'failure', message: 'broke' }]);
  const path = '/danube.v1.CoordinatorService/Later';
  const later = await new Promise<ServiceError | null>((resolve) =>
    client.makeUnaryRequest(
      path,
      (value) => value,
      (value) => value,
      Buffer.alloc(0),
      metadata(),
      resolve,
    ),
  );
  expect(later?.code).toBe(status.UNIMPLEMENTED);
});

test('an artifact that is not there is NOT_FOUND, and one of another job PERMISSION_DENIED', async () => {
  const ask = (jobId: string) => client.DownloadArtifact({ job_id: jobId, artifact_name: 'a' }, metadata());
  expect((await collect(ask('job-1'))).error?.code).toBe(status.NOT_FOUND);
  expect((await collect(ask('job-2'))).error?.code).toBe(status.PERMISSION_DENIED);
});

test('a secret is answered to its job, and its absence and a name that is missing are told apart', async () => {
  const get = (key: string, jobId = 'job-1') =>
    new Promise<unknown>((resolve) =>
      client.GetSecret({ job_id: jobId, key }, metadata(), (error, answer) => resolve(error?.code ?? answer)),
    );
  expect(await get('TOKEN')).toEqual({ value: 'grüße\n' });
  expect(await get('OTHER')).toBe(status.NOT_FOUND);
  expect(await get('')).toBe(status.INVALID_ARGUMENT);
  expect(await get('TOKEN', 'job-2')).toBe(status.PERMISSION_DENIED);
});

test('a stream that is open when the server closes ends with UNAVAILABLE', async () => {
  const call = client.RunStep({ ...runStep, command: 'hang' }, metadata());
  const collected = collect(call);
  await once(call, 'data');
  await servers.close();
  expect((await collected).error?.code).toBe(status.UNAVAILABLE);
});

test('a caller that cancels ends its stream, and nothing is logged as a failure', async () => {
  const call = client.RunStep({ ...runStep, command: 'hang' }, metadata());
  const collected = collect(call);
  await once(call, 'data');
  call.cancel();
  await collected;
  const labels = { method: 'RunStep', status: 'CANCELLED' };
  await expect.poll(() => servers.metrics.get('danube_grpc_requests_total', labels)).toBe(1);
  expect(servers.loggers.entries).toEqual([]);
});

test('bytes that are no message, and messages over the limit, fail their own call only', async () => {
  const send = (bytes: Buffer) =>
    new Promise<ServiceError | null>((resolve) =>
      client.makeUnaryRequest(
        '/danube.v1.CoordinatorService/ReportStatus',
        (value) => value,
        (value) => value,
        bytes,
        metadata(),
        resolve,
      ),
    );
  expect((await send(Buffer.from([0x0a, 0xff, 0xff])))?.code).toBe(status.INTERNAL);
  expect(await send(Buffer.alloc(5 * 1024 * 1024))).toMatchObject({
    code: status.RESOURCE_EXHAUSTED,
    details: expect.stringContaining('4194304') as string,
  });
  const { error } = await collect(client.RunStep(runStep, metadata()));
  expect(error).toBeUndefined();
});

test('bytes that are no HTTP/2 end only their own connection', async () => {
  const [host = '', port = ''] = servers.grpc.split(':');
  const socket = net.connect(Number(port), host);
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\n\r\n');
  socket.resume();
  await once(socket, 'close');
  const { error } = await collect(client.RunStep(runStep, metadata()));
  expect(error).toBeUndefined();
});
