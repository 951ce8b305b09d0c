import type { Job } from '../../../domain/job/job.js';
import { rangeNotSatisfiable, requestInvalid } from '../errors/http-errors.js';
import { streamLog } from '../log-view/stream-log.js';
import { answerWithEvents, type StreamCall } from '../sse/answer-with-events.js';

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
  await answerWithEvents(call, (stream, over) =>
    streamLog(deps, { job, from, stream, frames: server.logFrames, over }),
  );
}

function startOffset(lastEventId: string, from: number | undefined): number {
  if (lastEventId === '') return from ?? 0;
  if (/^\d{1,15}$/.test(lastEventId)) return Number(lastEventId);
  const message = 'must be a byte offset, as the ids of log events are';
  throw requestInvalid([{ in: 'header', field: 'Last-Event-ID', message }]);
}
