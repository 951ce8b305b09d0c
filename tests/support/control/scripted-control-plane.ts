import { createHash } from 'node:crypto';
import { DanubeError, SecretValue } from '@danube/plugin-api';
import type { Artifact } from '@danube/core/domain/artifact/artifact.js';
import type { Step } from '@danube/core/domain/step/step.js';
import { artifactNotFound } from '@danube/core/services/artifacts/artifact-errors.js';
import type { UploadRequest } from '@danube/core/services/artifacts/store-artifact.js';
import type { ControlPlane, OpenArtifact, ReportedStatus } from '@danube/core/services/control/control-plane.js';
import type { RunStepEvent, RunStepRequest } from '@danube/core/services/jobs/run-step.js';
import type { OutputStream } from '@danube/core/services/ports/job-runtime.js';

export interface ScriptedStep {
  /** What the command writes, in order. A function is awaited before what stands after it is written. */
  readonly output?: readonly ({ readonly stream: OutputStream; readonly bytes: Buffer } | (() => Promise<void>))[];
  readonly status?: Step['status'];
  readonly exitCode?: number | undefined;
  readonly reason?: string;
}

const tokens: ReadonlyMap<string, string> = new Map([
  ['token-of-job-1', 'job-1'],
  ['token-of-job-2', 'job-2'],
]);

/** Answers steps from a script by their command; keeps the same promises as the real control plane. */
export class ScriptedControlPlane implements ControlPlane {
  readonly requests: RunStepRequest[] = [];
  readonly reports: { readonly jobId: string; readonly status: ReportedStatus; readonly message: string }[] = [];
  /** The next calls of any kind throw these first, in order. */
  readonly failures: Error[] = [];
  /** Called with each piece of an archive that arrives. */
  onUploadChunk: () => void = () => undefined;
  /** Archives that were uploaded, by job and name. */
  readonly archives = new Map<string, { readonly artifact: Artifact; readonly content: Buffer }>();
  readonly #commands = new Map<string, string>();

  constructor(
    private readonly script: Readonly<Record<string, ScriptedStep>>,
    private readonly secrets: Readonly<Record<string, string>> = {},
  ) {}

  authenticate(token: string): Promise<string> {
    const jobId = tokens.get(token);
    if (jobId !== undefined) return Promise.resolve(jobId);
    return Promise.reject(
      new DanubeError('token_invalid', 'the token opens no running job', { category: 'unauthenticated' }),
    );
  }

  async *runStep(jobId: string, request: RunStepRequest, signal: AbortSignal): AsyncIterable<RunStepEvent> {
    this.requests.push(request);
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    const key = `${jobId}/${request.sequence}`;
    if ((this.#commands.get(key) ?? request.command) !== request.command) {
      throw new DanubeError('step_conflict', `step ${request.sequence} is another one`, { category: 'conflict' });
    }
    this.#commands.set(key, request.command);
    const script = this.script[request.command] ?? { status: 'failure', exitCode: 127 };
    const written = { stdout: 0, stderr: 0 };
    const all = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    for (const part of script.output ?? []) {
      if (typeof part === 'function') {
        await orAborted(part(), signal);
        if (signal.aborted) return;
        continue;
      }
      all[part.stream].push(part.bytes);
      const skip = Math.max(0, request.received[part.stream] - written[part.stream]);
      written[part.stream] += part.bytes.length;
      if (request.follow && skip < part.bytes.length) {
        yield { kind: 'output', stream: part.stream, bytes: part.bytes.subarray(skip) };
        if (signal.aborted) return;
      }
    }
    const skipped = { stdout: 0, stderr: 0 };
    for (const stream of ['stdout', 'stderr'] as const) {
      if (request.follow) continue;
      skipped[stream] = Math.max(0, written[stream] - request.captureLimitBytes);
      const tail = Buffer.concat(all[stream]).subarray(skipped[stream]);
      for (let at = 0; at < tail.length && !signal.aborted; at += chunkBytes) {
        yield { kind: 'output', stream, bytes: tail.subarray(at, at + chunkBytes) };
      }
    }
    if (!signal.aborted) yield { kind: 'exit', step: endedStep(jobId, request, script), skipped };
  }

  getSecret(_jobId: string, name: string): Promise<SecretValue> {
    const failure = this.failures.shift();
    if (failure !== undefined) return Promise.reject(failure);
    const value = this.secrets[name];
    if (value !== undefined) return Promise.resolve(new SecretValue(value));
    return Promise.reject(
      new DanubeError('secret_not_found', `this job has no secret "${name}"`, { category: 'not_found' }),
    );
  }

  async uploadArtifact(jobId: string, request: UploadRequest, archive: AsyncIterable<Uint8Array>): Promise<Artifact> {
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    const chunks: Uint8Array[] = [];
    for await (const chunk of archive) {
      chunks.push(chunk);
      this.onUploadChunk();
    }
    const content = Buffer.concat(chunks);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const { name } = request;
    const place = { storage: '', key: name };
    const facts = { sizeBytes: content.length, sha256, signature: undefined, createdAt: 1_000 };
    const artifact = { id: 'a1', jobId, name, ...facts, place };
    this.archives.set(`${jobId}/${name}`, { artifact, content });
    return artifact;
  }

  downloadArtifact(jobId: string, name: string): Promise<OpenArtifact> {
    const failure = this.failures.shift();
    if (failure !== undefined) return Promise.reject(failure);
    const stored = this.archives.get(`${jobId}/${name}`);
    if (stored === undefined) return Promise.reject(artifactNotFound(jobId, name));
    return Promise.resolve({ artifact: stored.artifact, content: pieces(stored.content) });
  }

  reportStatus(jobId: string, status: ReportedStatus, message: string): Promise<void> {
    const failure = this.failures.shift();
    if (failure !== undefined) return Promise.reject(failure);
    this.reports.push({ jobId, status, message });
    return Promise.resolve();
  }
}

const chunkBytes = 256 * 1024;

async function* pieces(content: Buffer): AsyncIterable<Uint8Array> {
  for (let at = 0; at < content.length; at += chunkBytes) {
    await Promise.resolve();
    yield content.subarray(at, at + chunkBytes);
  }
}

function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return Promise.race([work, aborted]);
}

function endedStep(jobId: string, request: RunStepRequest, script: ScriptedStep): Step {
  const status = script.status ?? 'success';
  return {
    jobId,
    sequence: request.sequence,
    name: request.name,
    command: request.command,
    requestDigest: '',
    image: request.image,
    status,
    exitCode: 'exitCode' in script ? script.exitCode : status === 'success' ? 0 : 1,
    reason: script.reason ?? (status === 'success' ? undefined : `exit code ${script.exitCode ?? 1}`),
    createdAt: 1_000,
    startedAt: 1_000,
    finishedAt: 3_500,
    deadlineAt: undefined,
    logStart: undefined,
    logEnd: undefined,
  };
}
