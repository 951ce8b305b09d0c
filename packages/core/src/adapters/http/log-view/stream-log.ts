import type { Job } from '../../../domain/job/job.js';
import { isFinal } from '../../../domain/job/job-status.js';
import type { LogViewEvent } from '../../../services/ports/log-store.js';
import type { HttpDependencies } from '../http-dependencies.js';
import type { EventStream } from '../sse/event-stream.js';
import { frame } from '../sse/frame.js';
import type { LogFrames } from './log-frames.js';

export interface LogStreaming {
  readonly job: Job;
  /** Byte offset of the first byte to send. */
  readonly from: number;
  readonly stream: EventStream;
  readonly frames: LogFrames;
  /** Aborted when the viewer has gone or the server stops. */
  readonly over: AbortSignal;
}

/**
 * Sends a job's log and its changes of status until the log is complete or it is over. The last event is `end` in the
 * first case; in the second there is none, so that the client comes back.
 */
export async function streamLog(
  deps: Pick<HttpDependencies, 'logs' | 'watchJob'>,
  { job, from, stream, frames, over }: LogStreaming,
): Promise<void> {
  const noMoreLog = new AbortController();
  const stop = (): void => noMoreLog.abort();
  over.addEventListener('abort', stop);
  // a signal that was aborted before says so to nobody: a request may come in while the server stops
  if (over.aborted) stop();
  let last = job;

  const sendStatus = async (): Promise<void> => {
    for await (const state of deps.watchJob(job.id, over)) {
      last = state;
      await stream.write(statusFrame('status', state));
    }
    // it ended before it had a log: there is nothing to wait for
    if (isFinal(last.status) && (await deps.logs.size(job.id)) === undefined) stop();
  };
  const sendLog = async (): Promise<void> => {
    for await (const event of deps.logs.follow(job.id, from, noMoreLog.signal)) {
      for (const bytes of eventFrames(event, job.id, frames)) await stream.write(bytes);
    }
  };

  try {
    await Promise.all([sendStatus(), sendLog()]);
  } finally {
    over.removeEventListener('abort', stop);
  }
  await stream.write(statusFrame(over.aborted ? 'status' : 'end', last));
}

function eventFrames(event: LogViewEvent, jobId: string, frames: LogFrames): readonly Buffer[] {
  switch (event.kind) {
    case 'text':
      return frames.encode(jobId, event);
    case 'skipped':
      return [frame({ event: 'skipped', data: JSON.stringify({ bytes: event.bytes }) })];
    case 'end':
      return [];
  }
}

function statusFrame(event: 'status' | 'end', { status, reason }: Job): Buffer {
  return frame({ event, data: JSON.stringify({ status, reason }) });
}
