import type { Job } from '../../../domain/job/job.js';
import { rangeNotSatisfiable, requestInvalid } from '../errors/http-errors.js';
import { streamLog } from '../log-view/stream-log.js';
import type { Call } from '../routing/route.js';
import { EventStream } from '../sse/event-stream.js';

type StreamCall = Pick<Call, 'ctx' | 'deps' | 'server'>;

/** Answers with the live log. Resolves when the answer is over, whoever ended it. */
export async function streamJobLog(call: StreamCall, job: Job, offset: number | undefined): Promise<void> {
  const { ctx, deps, server } = call;
  const from = startOffset(ctx.get('last-event-id'), offset);
  const size = (await deps.logs.size(job.id)) ?? 0;
  if (from > size) throw rangeNotSatisfiable(size);

  if (ctx.method === 'HEAD') {
    ctx.status = 200;
    return;
  }
  const stream = new EventStream(ctx, deps.settings.heartbeatMs);
  const over = new AbortController();
  const stop = (): void => over.abort();
  stream.closed.addEventListener('abort', stop);
  server.stopping.addEventListener('abort', stop);
  if (server.stopping.aborted) stop();
  try {
    await streamLog(deps, { job, from, stream, frames: server.logFrames, over: over.signal });
    stream.end();
  } catch (error) {
    deps.loggers.forTarget('danube.http').error('a live log was cut short', { job_id: job.id, err: error });
    stream.cut();
  } finally {
    stop();
    server.stopping.removeEventListener('abort', stop);
  }
}

function startOffset(lastEventId: string, from: number | undefined): number {
  if (lastEventId === '') return from ?? 0;
  if (/^\d{1,15}$/.test(lastEventId)) return Number(lastEventId);
  const message = 'must be a byte offset, as the ids of log events are';
  throw requestInvalid([{ in: 'header', field: 'Last-Event-ID', message }]);
}
