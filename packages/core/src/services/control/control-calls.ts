import { DanubeError } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import type { Artifact } from '../../domain/artifact/artifact.js';
import type { RunStepEvent } from '../jobs/run-step.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { RequestContext, RequestFacts } from '../ports/request-context.js';
import type { Tracer } from '../ports/tracer.js';
import { Tokens } from '../tokens.js';
import { controlLimits } from './control-limits.js';
import type { ControlPlane, OpenArtifact } from './control-plane.js';
import { invalidField, textField } from './message-fields.js';
import type { Message } from './message-fields.js';
import { arriving, readArtifactName, readUploadRequest } from './read-artifact-request.js';
import { readRunStepRequest } from './read-run-step-request.js';
import { readStatusReport } from './read-status-report.js';

const requestIdPattern = /^[A-Za-z0-9._-]{1,128}$/;
const traceparentPattern = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** What a transport found beside the message of a call. */
export interface CallHeaders {
  readonly requestId: string | undefined;
  readonly traceparent: string | undefined;
}

/** The rules that every call of a coordinator keeps, whichever transport it came by. */
@injectable()
export class ControlCalls {
  readonly #openStreams = new Map<string, number>();

  constructor(
    @inject(Tokens.ControlPlane) private readonly controlPlane: ControlPlane,
    @inject(Tokens.RequestContext) private readonly context: RequestContext,
    @inject(Tokens.Tracer) private readonly tracer: Tracer,
    @inject(Tokens.IdGenerator) private readonly ids: IdGenerator,
  ) {}

  /** Runs one call in its own request context and span. */
  serve<T>(method: string, headers: CallHeaders, work: (facts: RequestFacts) => Promise<T>): Promise<T> {
    const { requestId, traceparent } = headers;
    const facts = {
      requestId: requestId !== undefined && requestIdPattern.test(requestId) ? requestId : this.ids.newId(),
      traceparent: traceparent !== undefined && traceparentPattern.test(traceparent) ? traceparent : undefined,
    };
    return this.context.run(facts, () =>
      this.tracer.span(`coordinator ${method}`, { request_id: facts.requestId }, () => work(facts), facts.traceparent),
    );
  }

  /** The job that the bearer token in this `authorization` value opens. */
  async authenticate(authorization: string | undefined): Promise<string> {
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (token !== undefined) return this.controlPlane.authenticate(token);
    throw new DanubeError('token_missing', 'send the job\'s token as "authorization: Bearer <token>"', {
      category: 'unauthenticated',
    });
  }

  /**
   * Sends the step's output and end. `send` resolves when the transport takes more.
   * @throws DanubeError of the checks, of the control plane, or `master_stopping` when the signal ended it early.
   */
  async runStep(
    jobId: string,
    message: Message,
    signal: AbortSignal,
    send: (event: RunStepEvent) => Promise<void>,
  ): Promise<void> {
    requireJob(jobId, message);
    const request = readRunStepRequest(message);
    this.#takeStream(jobId);
    try {
      for await (const event of this.controlPlane.runStep(jobId, request, signal)) {
        await send(event);
        if (event.kind === 'exit') return;
      }
    } finally {
      this.#releaseStream(jobId);
    }
    throw new DanubeError('master_stopping', 'the master is stopping; the step goes on, ask again', {
      category: 'unavailable',
    });
  }

  /** The value in clear text: it goes into the answer and nowhere else. */
  async getSecret(jobId: string, message: Message): Promise<string> {
    requireJob(jobId, message);
    const name = textField(message, 'key', controlLimits.nameCharacters);
    if (name === '') throw invalidField('key', 'the name of a secret');
    return (await this.controlPlane.getSecret(jobId, name)).reveal();
  }

  /** `message` goes before the archive. @throws DanubeError of the checks and of the control plane */
  async uploadArtifact(
    jobId: string,
    message: Message,
    archive: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<Artifact> {
    requireJob(jobId, message);
    const request = readUploadRequest(message);
    this.#takeStream(jobId);
    try {
      return await this.controlPlane.uploadArtifact(jobId, request, arriving(archive, signal), signal);
    } finally {
      this.#releaseStream(jobId);
    }
  }

  async downloadArtifact(jobId: string, message: Message, signal: AbortSignal): Promise<OpenArtifact> {
    requireJob(jobId, message);
    return this.controlPlane.downloadArtifact(jobId, readArtifactName(message), signal);
  }

  async reportStatus(jobId: string, message: Message): Promise<void> {
    requireJob(jobId, message);
    const report = readStatusReport(message);
    await this.controlPlane.reportStatus(jobId, report.status, report.message);
  }

  #takeStream(jobId: string): void {
    const open = this.#openStreams.get(jobId) ?? 0;
    if (open >= controlLimits.streamsPerJob) {
      throw new DanubeError('too_many_streams', `a job may have ${controlLimits.streamsPerJob} streaming calls open`, {
        category: 'unavailable',
      });
    }
    this.#openStreams.set(jobId, open + 1);
  }

  #releaseStream(jobId: string): void {
    const open = (this.#openStreams.get(jobId) ?? 1) - 1;
    if (open === 0) this.#openStreams.delete(jobId);
    else this.#openStreams.set(jobId, open);
  }
}

function requireJob(jobId: string, message: Message): void {
  const asked = textField(message, 'job_id', controlLimits.nameCharacters);
  if (asked === '') throw invalidField('job_id', "the id of the token's job");
  if (asked === jobId) return;
  throw new DanubeError('job_mismatch', `the token belongs to another job than ${asked}`, { category: 'forbidden' });
}
